import type { Mood } from "@/ui/State";

import type { GroupSending } from "./massApi";

export type Standing = "planned" | "leaving" | "open" | "over" | "cancelled" | "refused";

const moods: Record<Standing, Mood> = { planned: "busy", leaving: "busy", open: "busy", over: "good", cancelled: "still", refused: "bad" };

/** How a message to groups stands as a whole, whatever its owners' tasks are. */
export function standingOf(sending: Pick<GroupSending, "states" | "at">): { name: Standing; mood: Mood } {
  const has = (state: string) => (sending.states[state] ?? 0) > 0;
  const waits = has("gathering") || has("creating") || has("uncertain");
  const planned = waits && !has("open") && !has("over") && new Date(sending.at).getTime() > Date.now();
  const name: Standing = planned ? "planned" : has("open") ? "open" : waits ? "leaving" : has("over") ? "over" : has("refused") ? "refused" : "cancelled";
  return { name, mood: moods[name] };
}

/** Whether a task waits for a time that was chosen for it. */
export function isPlanned(task: { asked_at: string | null; due_at: string; state: string }): boolean {
  return task.asked_at === null && (task.state === "gathering" || task.state === "creating") && new Date(task.due_at).getTime() - Date.now() > 60_000;
}
