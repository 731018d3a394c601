import { byWeek, inOrder, type Draft, type MomentsDraft, type SopDraft, type WelcomeDraft } from "./face";

/** What a draft says, line by line, before it is put into words: a key of `faces.line_…` and its blanks. */
export interface Line {
  key:
    | "begins_friend" | "begins_member" | "begins_group" | "at_once" | "then_too" | "minutes" | "day" | "dayWorking" | "stops" | "goal"
    | "week" | "post" | "welcome" | "fromSource" | "others" | "everybody" | "silent" | "leaves";
  what?: Saying;
  n?: number;
  at?: string;
  weekday?: number;
  source?: string;
  events?: string[];
}

/** What is said or done at a line: a message by its number, a task by its words; null: nobody said yet. */
export type Saying = { message: number | null } | { task: string };

export function linesOf(draft: Draft): Line[] {
  if (draft.face === "sop") return sopLines(draft);
  return draft.face === "moments" ? momentsLines(draft) : welcomeLines(draft);
}

function sopLines(draft: SopDraft): Line[] {
  const rows = inOrder(draft.rows);
  const lines = rows.map((row, place): Line => {
    const before = rows[place - 1];
    const what: Saying = row.does === "message" ? { message: row.message } : { task: row.task.trim() };
    if (row.day === 0) return row.minutes > 0 ? { key: "minutes", n: row.minutes, what } : { key: place === 0 ? "at_once" : "then_too", what };
    if (before?.day === row.day && before.at === row.at) return { key: "then_too", what };
    return { key: draft.days === "working" ? "dayWorking" : "day", n: row.day, at: row.at, what };
  });
  return [
    { key: `begins_${draft.of}` },
    ...lines,
    ...(draft.stopOn.length > 0 ? [{ key: "stops" as const, events: draft.stopOn }] : []),
    ...(draft.goal.length > 0 ? [{ key: "goal" as const, events: draft.goal, n: draft.goalDays }] : []),
  ];
}

function momentsLines(draft: MomentsDraft): Line[] {
  return [{ key: "week" }, ...byWeek(draft.posts).map((post): Line => ({ key: "post", weekday: post.weekday, at: post.at, what: { message: post.message } }))];
}

function welcomeLines(draft: WelcomeDraft): Line[] {
  return [
    { key: "welcome" },
    ...draft.arms.map((arm): Line => ({ key: "fromSource", source: arm.source.trim(), what: { message: arm.message } })),
    { key: draft.arms.length > 0 ? "others" : "everybody", what: { message: draft.message } },
    ...(draft.follows ? [{ key: "silent" as const, n: draft.hours, what: { message: draft.followUp } }] : []),
    { key: "leaves" },
  ];
}
