import { expect, it } from "vitest";

import { openOf, paceOf, standingOf, tallyOf, whysOf, type Outgoing, type Progress } from "./standing";

const health: Progress["health"] = { state: "active", trouble: "", inside: 0, overdue: 0, oldest_due_at: null, held: 0, reasons: {}, entered_last_day: 0, done_last_day: 0, waiting_for_pause: 0 };
const counted = (state: string, count: number, reason = "", sentence = "") => ({ state, reason, sentence, count });
const outgoing = (changes: Partial<Outgoing>): Outgoing => ({
  id: 1, node: "send1", message_id: 1, message: "上新", account_id: 1, account: "试发", account_state: "active", account_trouble: "", rests_until: null, channel: "paper", state: "running",
  counts: [], late: 0, later: 0, lately: 0, next_at: null, first_sent_at: null, last_sent_at: null, ...changes,
});
const progress = (changes: Partial<Progress>): Progress => ({ next_entry_at: null, is_entering: false, entered: 0, held_out: 0, health, outgoing: [], ...changes });
const active = { state: "active" };

it("counts where everybody's message is; what waits for its hour is not in the queue", () => {
  const tally = tallyOf(progress({ entered: 100, held_out: 10, outgoing: [outgoing({ counts: [counted("sent", 40), counted("clicked", 5), counted("queued", 20), counted("sending", 3), counted("blocked", 12, "capped"), counted("failed", 2, "refused")], later: 8 })] }));
  expect(tally).toEqual({ meant: 110, heldOut: 10, notYet: 18, queued: 12, later: 8, sending: 3, sent: 45, failed: 2, unknown: 0, blocked: 12 });
  expect(openOf(tally)).toBe(41);
});

it("stands where the furthest open thing is", () => {
  expect(standingOf(active, progress({ next_entry_at: "2026-11-23T00:00:00Z" }))).toBe("scheduled");
  expect(standingOf(active, progress({ is_entering: true, entered: 5 }))).toBe("entering");
  expect(standingOf(active, progress({}))).toBe("missed");
  expect(standingOf(active, progress({ entered: 5, health: { ...health, inside: 5 } }))).toBe("gate");
  expect(standingOf(active, progress({ entered: 5, outgoing: [outgoing({ counts: [counted("queued", 5)] })] }))).toBe("sending");
  expect(standingOf(active, progress({ entered: 5, outgoing: [outgoing({ counts: [counted("queued", 5)], late: 5 })] }))).toBe("stuck");
  expect(standingOf(active, progress({ entered: 5, outgoing: [outgoing({ counts: [counted("queued", 5)], later: 5 })] }))).toBe("waiting");
  expect(standingOf(active, progress({ entered: 5, outgoing: [outgoing({ counts: [counted("sent", 4), counted("blocked", 1)] })] }))).toBe("done");
  expect(standingOf({ state: "ended" }, progress({ entered: 5 }))).toBe("cancelled");
  expect(standingOf({ state: "paused" }, progress({ entered: 5 }))).toBe("paused");
});

it("says how long the rest takes at the pace of the last minute", () => {
  expect(paceOf(progress({ entered: 700, outgoing: [outgoing({ counts: [counted("queued", 600), counted("sent", 100)], lately: 300 })] }))).toEqual({ rate: 300, left: 120 });
  expect(paceOf(progress({})).left).toBeNull();
});

it("gathers why some did not get it over all its messages", () => {
  const both = [outgoing({ counts: [counted("blocked", 2, "capped", "超出频次上限"), counted("queued", 1, "busy", "渠道要求稍后再发")] }), outgoing({ id: 2, counts: [counted("blocked", 3, "capped", "超出频次上限"), counted("failed", 9, "refused", "渠道不接受这条消息")] })];
  expect(whysOf(progress({ outgoing: both })).map((each) => [each.state, each.reason, each.count])).toEqual([["failed", "refused", 9], ["blocked", "capped", 5]]);
});
