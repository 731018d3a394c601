import { expect, it } from "vitest";

import { checksOf, saidValue, valueOf, withChecks } from "./where";
import { standsAtField, wrongAt } from "./wrong";

const problem = (field: string) => ({ field, message: field, came: null });

it("shows a problem at the field it is about, and above the form only where no field is", () => {
  const at = wrongAt([problem("exits[1].event.types"), problem("goal.within"), problem("exits[10].when")], "");
  expect(at("exits[1]")).toBe("exits[1].event.types");
  expect(at("exits[0]")).toBeUndefined();
  expect(at("goal.within")).toBe("goal.within");
  expect(wrongAt([problem("nodes.n2.with.message")], "nodes.n2.")("with.message")).toBe("nodes.n2.with.message");
  expect(["nodes.n2.with.message", "entry_cap.most", "exits[10].when"].every((each) => standsAtField(problem(each)))).toBe(true);
  expect(["nodes.n2", "start", "nodes.n2.next"].some((each) => standsAtField(problem(each)))).toBe(false);
});

it("keeps money in fen and shows it in yuan", () => {
  expect(valueOf("money", "ge", "128.5")).toBe(12850);
  expect(saidValue("money", 12850)).toBe("128.5");
});

it("keeps several values apart, and none where there is none to keep", () => {
  expect(valueOf("text", "in", "门店，包裹卡, 直播")).toEqual(["门店", "包裹卡", "直播"]);
  expect(valueOf("text", "known", "x")).toBeUndefined();
  expect(valueOf("number", "ge", "many")).toBe("many");
});

it("takes the tests out of a pattern that has none left", () => {
  const pattern = { types: ["pay"], where: [{ property: "amount", op: "ge", value: 100 }] };
  expect(withChecks(pattern, checksOf(pattern.where))).toEqual(pattern);
  expect(withChecks(pattern, [])).toEqual({ types: ["pay"] });
});
