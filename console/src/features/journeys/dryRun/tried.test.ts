import { expect, it } from "vitest";

import { readGraph } from "../graph";
import type { Tried } from "./dryRunApi";
import { countsOf, inOrder, peopleAt, totalsOf } from "./tried";

const tried: Tried = {
  since: "2026-10-23T00:00:00Z", until: "2026-11-22T00:00:00Z", came: 12, entered: 10, held_out: 1, before: 2, capped: 0, reached: 3, judged: 9, coarsest_seconds: 0,
  sends: { n1: 9, n3: 4 },
  gate: {
    n1: [{ reason: "", sentence: "", count: 6, people: [1, 2] }, { reason: "capped", sentence: "超出频次上限", count: 3, people: [3] }],
    n3: [{ reason: "deferred", sentence: "", count: 1, people: [4] }, { reason: "capped", sentence: "超出频次上限", count: 3, people: [3, 5] }],
  },
  places: [
    { node: "", what: "done:done", count: 4, people: [1] },
    { node: "n1", what: "in", count: 9, people: [1, 2, 3] },
    { node: "n1", what: "next", count: 9, people: [1, 2, 3] },
    { node: "n2", what: "in", count: 9, people: [1, 2, 3] },
    { node: "n2", what: "waiting", count: 5, people: [2] },
    { node: "n2", what: "timeout", count: 4, people: [3] },
  ],
  people: { before: [8], capped: [], held_out: [9], reached: [1] },
};

it("is drawn as counts on nodes: who came, who is still there, who left by which way", () => {
  const counts = new Map(countsOf(tried).map((each) => [each.node, each]));
  expect(counts.get("")?.came).toBe(9);
  expect(counts.get("n1")).toMatchObject({ came: 9, here: 0, left: { next: 9 } });
  expect(counts.get("n2")).toMatchObject({ came: 9, here: 5, left: { timeout: 4 } });
});

it("adds up what the gate said, over all messages, and names each person once", () => {
  const totals = totalsOf(tried);
  expect(totals).toMatchObject({ sends: 13, goes: 7, deferred: 1, blocked: 6, inside: 5 });
  expect(totals.verdicts.map((each) => [each.reason, each.count])).toEqual([["", 6], ["capped", 6], ["deferred", 1]]);
  expect(totals.verdicts[1]?.people).toEqual([3, 5]);
});

it("opens every count into its people", () => {
  expect(peopleAt(tried, "n2", "timeout")).toEqual([3]);
  expect(peopleAt(tried, "n3", "in")).toEqual([]);
});

it("is listed from the entry on, what nothing leads to at the end", () => {
  const graph = readGraph({ entry: { kind: "manual" }, start: "n2", nodes: { n1: { kind: "wait" }, n2: { kind: "until", next: "n4", on_timeout: "n3" }, n3: { kind: "wait", next: "n2" }, n4: { kind: "exit" } } });
  expect(inOrder(graph)).toEqual(["n2", "n4", "n3", "n1"]);
});
