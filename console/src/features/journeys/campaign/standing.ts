import type { components } from "@/api/schema";

import type { Journey } from "../journeysApi";

export type Progress = components["schemas"]["ProgressOut"];
export type Outgoing = components["schemas"]["OutgoingOut"];

export const standings = ["draft", "scheduled", "entering", "gate", "sending", "waiting", "stuck", "done", "missed", "paused", "cancelled"] as const;
export type Standing = (typeof standings)[number];

export interface Tally {
  /** People chosen, those held out among them. */
  meant: number;
  heldOut: number;
  /** In the journey, but not at the gate yet. */
  notYet: number;
  queued: number;
  later: number;
  sending: number;
  sent: number;
  failed: number;
  unknown: number;
  blocked: number;
}

const stages: Record<string, keyof Tally> = { blocked: "blocked", queued: "queued", awaiting_staff: "sending", sending: "sending", unknown: "unknown", failed: "failed" };

/** Where everybody's message is. */
export function tallyOf(progress: Progress): Tally {
  const tally: Tally = { meant: progress.entered + progress.held_out, heldOut: progress.held_out, notYet: 0, queued: 0, later: 0, sending: 0, sent: 0, failed: 0, unknown: 0, blocked: 0 };
  for (const one of progress.outgoing) {
    for (const each of one.counts) tally[stages[each.state] ?? "sent"] += each.count;
    tally.later += one.later;
    tally.queued -= one.later;
  }
  const planned = tally.queued + tally.later + tally.sending + tally.sent + tally.failed + tally.unknown + tally.blocked;
  tally.notYet = Math.max(0, progress.entered - planned);
  return tally;
}

/** How many of them may still be sent. */
export function openOf(tally: Tally): number {
  return tally.notYet + tally.queued + tally.later + tally.sending;
}

export function lateOf(progress: Progress): number {
  return progress.outgoing.reduce((sum, each) => sum + each.late, 0) + progress.health.overdue;
}

/** Where a campaign stands, in one word. */
export function standingOf(journey: Pick<Journey, "state">, progress: Progress): Standing {
  const tally = tallyOf(progress);
  if (journey.state === "draft") return "draft";
  if (journey.state === "ended") return "cancelled";
  if (journey.state === "paused") return "paused";
  if (progress.next_entry_at !== null && progress.next_entry_at !== undefined) return "scheduled";
  if (progress.is_entering) return "entering";
  if (tally.meant === 0) return "missed";
  if (lateOf(progress) > 0) return "stuck";
  if (tally.queued + tally.sending > 0) return "sending";
  if (tally.notYet > 0 && progress.health.inside > progress.health.held) return "gate";
  if (tally.later > 0) return "waiting";
  return "done";
}

/** Messages a minute as of late, and the seconds that what may leave now still needs. */
export function paceOf(progress: Progress): { rate: number; left: number | null } {
  const rate = progress.outgoing.reduce((sum, each) => sum + each.lately, 0);
  const { queued, sending } = tallyOf(progress);
  return { rate, left: rate > 0 ? ((queued + sending) / rate) * 60 : null };
}

/** When the first of those that wait for an hour of theirs may leave. */
export function nextOf(progress: Progress): string | null {
  return progress.outgoing.map((each) => each.next_at).filter((each) => typeof each === "string").sort()[0] ?? null;
}

export interface Why {
  reason: string;
  sentence: string;
  state: string;
  count: number;
}

/** Why some did not get it, most frequent first, over all its messages. */
export function whysOf(progress: Progress): Why[] {
  const found = new Map<string, Why>();
  for (const each of progress.outgoing.flatMap((one) => one.counts)) {
    if (!each.reason || !["blocked", "failed", "unknown"].includes(each.state)) continue;
    const key = `${each.state}:${each.reason}`;
    const one = found.get(key) ?? { reason: each.reason, sentence: each.sentence, state: each.state, count: 0 };
    found.set(key, { ...one, count: one.count + each.count });
  }
  return [...found.values()].sort((one, other) => other.count - one.count);
}
