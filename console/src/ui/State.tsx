import type { ReactNode } from "react";

export type Mood = "good" | "busy" | "bad" | "still";

/** A state as a word with a dot; never colour alone. */
export function State({ mood, children }: { mood: Mood; children: ReactNode }) {
  return <span className={`state ${mood}`}>{children}</span>;
}
