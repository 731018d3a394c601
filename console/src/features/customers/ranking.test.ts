import { describe, expect, it } from "vitest";

import { isSameOrder, numbersOf, rankedBy, reordered } from "./ranking";
import type { SourceRank } from "./sourcesApi";

const rank = (source: string, number: number): SourceRank => ({ source, label: source, rank: number, built_in: number });
const builtIn = [rank("user", 100), rank("key", 60), rank("import", 50), rank("other", 40)];
const [user, key, files] = rankedBy(builtIn, (each) => each.rank);
if (!user || !key || !files) throw new Error("nobody");

describe("whose word counts", () => {
  it("is an order, whatever the numbers were", () => {
    expect(numbersOf(rankedBy(builtIn, (each) => each.rank))).toEqual({ user: 100, key: 80, import: 60, other: 40 });
    expect(isSameOrder(rankedBy(builtIn, (each) => each.rank), rankedBy([rank("user", 4), rank("key", 3), rank("import", 2), rank("other", 1)], (each) => each.rank))).toBe(true);
  });

  it("keeps equals equal", () => {
    const tied = rankedBy([rank("user", 9), rank("key", 9), rank("import", 5)], (each) => each.rank);
    expect(tied.map((each) => each.ties)).toEqual([false, true, false]);
    expect(numbersOf(tied)).toEqual({ user: 100, key: 100, import: 80 });
    expect(isSameOrder(tied, [user, key, files])).toBe(false);
  });

  it("lets equals change places, and parts them where another comes between", () => {
    const before = [user, { ...key, ties: true }, files];
    expect(reordered([{ ...key, ties: true }, user, files], before).map((each) => [each.source, each.ties])).toEqual([["key", false], ["user", true], ["import", false]]);
    expect(reordered([user, files, { ...key, ties: true }], before).map((each) => each.ties)).toEqual([false, false, false]);
  });
});
