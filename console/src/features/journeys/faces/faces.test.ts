import { describe, expect, it } from "vitest";

import { gapsOf, inOrder, newDraft, placeOf, readFace, written, type MomentsDraft, type SopDraft, type WelcomeDraft } from "./face";
import { linesOf } from "./lines";

const row = (key: number, day: number, more: Partial<SopDraft["rows"][number]> = {}): SopDraft["rows"][number] => ({ key, day, at: "20:00", minutes: 0, does: "message", message: 7, task: "", ...more });
const sop: SopDraft = { face: "sop", of: "friend", account: 3, rows: [row(1, 3), row(2, 0), row(3, 1, { at: "09:30", does: "task", message: null, task: "打个电话" }), row(4, 0, { minutes: 30, message: 8 })], days: "any", stopOn: ["delete_friend"], goal: ["pay"], goalDays: 14 };
const plan: MomentsDraft = { face: "moments", account: 3, by: "audience", audience: 5, condition: null, posts: [{ key: 1, weekday: 4, at: "20:00", message: 7 }, { key: 2, weekday: 0, at: "10:00", message: 8 }] };
const welcome: WelcomeDraft = { face: "welcome", account: 3, message: 7, arms: [{ key: 1, source: "门店 ", message: 8 }], follows: true, followUp: 9, hours: 24 };

describe("a table of steps", () => {
  it("is sent in the order of days and times, the first day as it was written", () => {
    expect(inOrder(sop.rows).map((each) => each.key)).toEqual([2, 4, 3, 1]);
    expect(written(sop).sop?.steps).toEqual([
      { day: 0, at: null, minutes: 0, message: 7, task: "" },
      { day: 0, at: null, minutes: 30, message: 8, task: "" },
      { day: 1, at: "09:30", minutes: 0, message: null, task: "打个电话" },
      { day: 3, at: "20:00", minutes: 0, message: 7, task: "" },
    ]);
  });

  it("reads as sentences in that order", () => {
    expect(linesOf(sop).map((each) => each.key)).toEqual(["begins_friend", "at_once", "minutes", "day", "day", "stops", "goal"]);
    expect(linesOf({ ...sop, rows: [row(1, 2), row(2, 2)], days: "working" }).map((each) => each.key).slice(1, 3)).toEqual(["dayWorking", "then_too"]);
  });

  it("needs no account where only tasks are given", () => {
    const tasks = { ...sop, account: null, rows: [row(1, 0, { does: "task", task: "看看资料" })] };
    expect([...gapsOf(tasks)]).toEqual([]);
    expect([...gapsOf({ ...sop, account: null, rows: [row(1, 0, { message: null }), row(2, 1, { does: "task" })] })]).toEqual(["account", "rows.1", "rows.2"]);
  });

  it("says which line a problem of its graph is about", () => {
    expect(placeOf(sop, "nodes.step3.with.message")).toBe("rows.3");
    expect(placeOf(sop, "nodes.step4.with.account")).toBe("account");
    expect(placeOf(sop, "goal.event.types")).toBe("");
  });
});

it("comes back from the server as it was sent", () => {
  for (const draft of [sop, plan, welcome]) {
    const back = readFace(written(draft));
    expect(back && written(back)).toEqual(written(draft));
  }
});

it("has one post at a time, and every source once", () => {
  const [first] = plan.posts;
  expect([...gapsOf({ ...plan, audience: null, posts: first ? [first, { ...first, key: 9 }] : [] })]).toEqual(["whom", "posts.9.at"]);
  expect([...gapsOf({ ...welcome, followUp: null, arms: [...welcome.arms, { key: 2, source: "门店", message: null }] })]).toEqual(["followUp", "arms.2", "arms.2.source"]);
});

it("begins with one line to fill in", () => {
  expect([...gapsOf(newDraft("sop"))]).toHaveLength(2);
  expect([...gapsOf(newDraft("moments"))]).toHaveLength(3);
  expect([...gapsOf(newDraft("welcome"))]).toEqual(["account", "message"]);
});

it("points at the places of a plan and a welcome", () => {
  expect(placeOf(plan, "nodes.post1.with.message")).toBe("posts.2");
  expect(placeOf(plan, "entry.audience")).toBe("whom");
  expect(placeOf(welcome, "nodes.hello1.with.message")).toBe("arms.1");
  expect(placeOf(welcome, "nodes.hello.with.message")).toBe("message");
  expect(placeOf(welcome, "nodes.follow_up.with.message")).toBe("followUp");
});
