import { describe, expect, it } from "vitest";

import { inWords, noted } from "./auditNoted";

const said = { yes: "是", no: "否", none: "无", comma: "、" };
const worded = (value: string) => ({ guide: "导购" })[value] ?? null;

describe("what the audit log noted", () => {
  it("tells what changed, and leaves out what stayed", () => {
    const detail = { user: 7, before: { role: "operator", scope: "all" }, after: { role: "guide", scope: "all" } };

    expect(noted(detail)).toEqual([
      { name: "user", is: 7 },
      { name: "role", was: "operator", is: "guide" },
    ]);
  });

  it("tells all of what was made", () => {
    expect(noted({ after: { code: "A1", stores: [] } })).toEqual([
      { name: "code", is: "A1" },
      { name: "stores", is: [] },
    ]);
  });

  it("tells a rule that was turned, each by its own name", () => {
    expect(noted({ approval_over: { before: 1000, after: 10 } })).toEqual([{ name: "approval_over", was: 1000, is: 10 }]);
  });

  it("tells a bare before and after as well", () => {
    expect(noted({ before: 3, after: null })).toEqual([{ name: "value", was: 3, is: null }]);
  });

  it("says values in words", () => {
    expect(inWords("guide", worded, said)).toBe("导购");
    expect(inWords([1, "guide", true], worded, said)).toBe("1、导购、是");
    expect(inWords([], worded, said)).toBe("无");
    expect(inWords({ kind: "event" }, worded, said)).toBe('{"kind":"event"}');
  });
});
