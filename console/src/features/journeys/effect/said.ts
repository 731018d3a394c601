import type { MessageKey } from "@/i18n";
import type { Blanks } from "@/i18n/messages";
import { percent, whole } from "@/i18n/format";

import type { Comparison, Effect, Look } from "./effectApi";

export interface Sentence {
  key: MessageKey;
  blanks: Blanks;
}

/** A share as percentage points, with as many digits as it needs: 0.034 → 3.4. */
export function points(share: number): string {
  const value = Math.abs(share) * 100;
  return value.toFixed(value < 1 ? 2 : 1).replace(/\.0$/, "");
}

/** +3.4%, −0.52%, 0: with a true minus. */
export function signedShare(share: number): string {
  const said = points(share);
  if (Number(said) === 0) return "0%";
  return `${share > 0 ? "+" : "−"}${said}%`;
}

/** What may be said of a journey's effect, in one sentence. */
export function verdictOf(effect: Effect, span: string): Sentence {
  if (!effect.has_goal) return { key: "effect.noGoal", blanks: {} };
  if (effect.treated.over === 0) return { key: "effect.nobodyYet", blanks: { span } };
  const { comparison } = effect;
  if (!comparison) return { key: "effect.noHoldout", blanks: { rate: percent(effect.treated.reached / effect.treated.over, 1) } };
  switch (comparison.verdict) {
    case "more":
      return { key: "effect.more", blanks: { points: points(comparison.difference), n: whole(Math.round(comparison.incremental)) } };
    case "less":
      return { key: "effect.less", blanks: { points: points(comparison.difference), n: whole(Math.round(-comparison.incremental)) } };
    case "no_difference":
      return { key: "effect.noDifference", blanks: { points: points(Math.max(Math.abs(comparison.interval.low), Math.abs(comparison.interval.high))) } };
    default:
      return notEnough(comparison.needed ?? null);
  }
}

function notEnough(needed: number | null): Sentence {
  return needed === null ? { key: "effect.notEnoughUnknown", blanks: {} } : { key: "effect.notEnough", blanks: { n: roughly(needed) } };
}

/** A way of a split against the first, in few words. */
export function wayVerdict(comparison: Comparison): Sentence {
  const blanks = { points: points(comparison.difference) };
  if (comparison.verdict === "more") return { key: "effect.splitMore", blanks };
  if (comparison.verdict === "less") return { key: "effect.splitLess", blanks };
  if (comparison.verdict === "no_difference") return { key: "effect.splitNoDifference", blanks: {} };
  const { needed } = comparison;
  return needed === null || needed === undefined ? { key: "effect.splitNotEnoughUnknown", blanks: {} } : { key: "effect.splitNotEnough", blanks: { n: roughly(needed) } };
}

/** Two digits are as exact as such a number is: 1,873 → 1,900. */
export function roughly(count: number): string {
  if (count < 100) return whole(Math.max(1, Math.ceil(count / 10) * 10));
  const step = 10 ** (Math.floor(Math.log10(count)) - 1);
  return whole(Math.ceil(count / step) * step);
}

/** How far the axis goes to either side of zero: the last interval fits well, wild first days are cut off. */
export function reachOf(looks: Look[]): number {
  const last = looks[looks.length - 1];
  if (!last) return 0.1;
  const largest = Math.max(Math.abs(last.interval.low), Math.abs(last.interval.high), ...looks.map((each) => Math.abs(each.difference)));
  const wanted = Math.min(1, Math.max(largest * 1.25, 0.002));
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 4, 5, 8, 10].find((each) => each * power >= wanted - 1e-12) ?? 10;
  return Math.min(1, step * power);
}
