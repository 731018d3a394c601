import { expect, it } from "vitest";

import type { Comparison, Effect, Look } from "./effectApi";
import { points, reachOf, roughly, signedShare, verdictOf, wayVerdict } from "./said";

const arm = (people: number, over: number, reached: number) => ({ name: "", people, over, reached, amount: 0 });
const comparison = (changes: Partial<Comparison>): Comparison => ({ difference: 0.034, interval: { low: 0.01, high: 0.058 }, p: 0.01, verdict: "more", worth: 0.02, needed: 0, reduction: 0, incremental: 306, incremental_interval: { low: 90, high: 522 }, ...changes });
const effect = (changes: Partial<Effect> = {}): Effect => ({
  entered: 10_000, kept_out: 1000, reached: { sent: 8000, opened: 0, clicked: 0, replied: 0, blocked: 0 }, has_goal: true, goal_types: ["pay"], goal_seconds: 604_800,
  treated: arm(9000, 9000, 1500), held_out: arm(1000, 1000, 130), waiting: 0, rate: { low: 0.15, high: 0.18 }, held_out_rate: { low: 0.11, high: 0.15 }, ratio: null, comparison: comparison({}), money: null, days: [], splits: [], ...changes,
});
const look = (low: number, high: number): Look => ({ day: "2026-11-20", people: 10, difference: (low + high) / 2, interval: { low, high }, verdict: "not_enough" });

it("says in one sentence what it changed", () => {
  expect(verdictOf(effect(), "7 天")).toEqual({ key: "effect.more", blanks: { points: "3.4", n: "306" } });
  expect(verdictOf(effect({ comparison: comparison({ verdict: "less", difference: -0.005, incremental: -45 }) }), "7 天")).toEqual({ key: "effect.less", blanks: { points: "0.50", n: "45" } });
});

it("says what is lacking instead of showing noise", () => {
  expect(verdictOf(effect({ comparison: comparison({ verdict: "not_enough", needed: 1873 }) }), "7 天")).toEqual({ key: "effect.notEnough", blanks: { n: "1,900" } });
  expect(verdictOf(effect({ comparison: comparison({ verdict: "not_enough", needed: null }) }), "7 天").key).toBe("effect.notEnoughUnknown");
  expect(verdictOf(effect({ treated: arm(9000, 0, 0) }), "7 天")).toEqual({ key: "effect.nobodyYet", blanks: { span: "7 天" } });
  expect(verdictOf(effect({ comparison: null }), "7 天")).toEqual({ key: "effect.noHoldout", blanks: { rate: "16.7%" } });
  expect(verdictOf(effect({ has_goal: false }), "").key).toBe("effect.noGoal");
});

it("says of a way of a split whether it is better than the first", () => {
  expect(wayVerdict(comparison({}))).toEqual({ key: "effect.splitMore", blanks: { points: "3.4" } });
  expect(wayVerdict(comparison({ verdict: "not_enough", needed: 40 }))).toEqual({ key: "effect.splitNotEnough", blanks: { n: "40" } });
});

it("writes small shares with the digits they need, and a true minus", () => {
  expect([points(0.2), points(0.034), points(0.0042)]).toEqual(["20", "3.4", "0.42"]);
  expect([signedShare(0.034), signedShare(-0.0042), signedShare(0)]).toEqual(["+3.4%", "−0.42%", "0%"]);
});

it("rounds what is needed up to two digits", () => {
  expect([roughly(3), roughly(95), roughly(1873), roughly(1_210_001)]).toEqual(["10", "100", "1,900", "1,300,000"]);
});

it("lets the axis fit what is known now, not the wild first days", () => {
  expect(reachOf([look(-1, 1), look(-0.02, 0.05)])).toBe(0.08);
  expect(reachOf([])).toBe(0.1);
});
