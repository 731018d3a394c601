import type { JsonObject } from "../graph";
import { isObject } from "../graph";
import type { Faces, MomentsView, SopView, WelcomeView } from "./facesApi";

/** The faces that are written here; a campaign has a page of its own. */
export const faceNames = ["sop", "moments", "welcome"] as const;
export type FaceName = (typeof faceNames)[number];

export function isFace(name: string): name is FaceName {
  return faceNames.some((each) => each === name);
}

export interface SopRow {
  key: number;
  day: number;
  at: string;
  /** On day 0: so many minutes after the row before it. */
  minutes: number;
  does: "message" | "task";
  message: number | null;
  task: string;
}

export interface SopDraft {
  face: "sop";
  of: "friend" | "member" | "group";
  account: number | null;
  rows: SopRow[];
  days: "any" | "working";
  stopOn: string[];
  goal: string[];
  goalDays: number;
}

export interface Post {
  key: number;
  /** Monday is 0. */
  weekday: number;
  at: string;
  message: number | null;
}

export interface MomentsDraft {
  face: "moments";
  account: number | null;
  by: "audience" | "condition";
  audience: number | null;
  condition: JsonObject | null;
  posts: Post[];
}

export interface Arm {
  key: number;
  source: string;
  message: number | null;
}

export interface WelcomeDraft {
  face: "welcome";
  account: number | null;
  message: number | null;
  arms: Arm[];
  follows: boolean;
  followUp: number | null;
  hours: number;
}

export type Draft = SopDraft | MomentsDraft | WelcomeDraft;

/** What is still to be said, and where: `rows.<key>.message`, `account`, … */
export type Gaps = ReadonlySet<string>;

let last = 0;
/** A number for a line that none has had, so that it keeps its place on the screen. */
export function newKey(): number {
  last += 1;
  return last;
}

export function newRow(before?: SopRow): SopRow {
  return { key: newKey(), day: before ? before.day + 1 : 0, at: before && before.day > 0 ? before.at : "20:00", minutes: 0, does: "message", message: null, task: "" };
}

export function newDraft(face: FaceName): Draft {
  switch (face) {
    case "sop":
      return { face, of: "friend", account: null, rows: [newRow()], days: "any", stopOn: [], goal: [], goalDays: 30 };
    case "moments":
      return { face, account: null, by: "audience", audience: null, condition: null, posts: [{ key: newKey(), weekday: 0, at: "10:00", message: null }] };
    case "welcome":
      return { face, account: null, message: null, arms: [], follows: false, followUp: null, hours: 24 };
  }
}

const clock = (at: string) => at.slice(0, 5);

/** The rows by day and time; those of the first day as they were written. */
export function inOrder(rows: SopRow[]): SopRow[] {
  return rows.map((row, place) => ({ row, place })).sort((one, other) => one.row.day - other.row.day || (one.row.day > 0 ? one.row.at.localeCompare(other.row.at) : 0) || one.place - other.place).map(({ row }) => row);
}

export function byWeek(posts: Post[]): Post[] {
  return [...posts].sort((one, other) => one.weekday - other.weekday || one.at.localeCompare(other.at));
}

export function readFace(faces: Faces): Draft | null {
  if (faces.sop) return readSop(faces.sop);
  if (faces.moments) return readMoments(faces.moments);
  return faces.welcome ? readWelcome(faces.welcome) : null;
}

function readSop(view: SopView): SopDraft {
  const rows = view.steps.map((step): SopRow => ({ key: newKey(), day: step.day, at: clock(step.at ?? "20:00"), minutes: step.minutes ?? 0, does: step.message ? "message" : "task", message: step.message ?? null, task: step.task ?? "" }));
  return { face: "sop", of: view.of, account: rows.some((row) => row.does === "message") ? view.account : null, rows, days: view.days ?? "any", stopOn: view.stop_on ?? [], goal: view.goal ?? [], goalDays: view.goal_days ?? 30 };
}

function readMoments(view: MomentsView): MomentsDraft {
  return {
    face: "moments",
    account: view.account,
    by: view.audience ? "audience" : "condition",
    audience: view.audience ?? null,
    condition: isObject(view.condition) ? view.condition : null,
    posts: view.posts.map((post) => ({ key: newKey(), weekday: post.weekday, at: clock(post.at), message: post.message })),
  };
}

function readWelcome(view: WelcomeView): WelcomeDraft {
  const arms = (view.by_source ?? []).map((arm) => ({ key: newKey(), source: arm.source, message: arm.message }));
  return { face: "welcome", account: view.account, message: view.message, arms, follows: Boolean(view.follow_up), followUp: view.follow_up ?? null, hours: view.follow_up_hours ?? 24 };
}

export function gapsOf(draft: Draft): Gaps {
  const gaps = new Set<string>();
  const open = (place: string, isOpen: boolean) => { if (isOpen) gaps.add(place); };
  if (draft.face === "sop") {
    open("rows", draft.rows.length === 0);
    open("account", draft.account === null && draft.rows.some((row) => row.does === "message"));
    for (const row of draft.rows) open(`rows.${String(row.key)}`, row.does === "message" ? row.message === null : row.task.trim() === "");
  } else if (draft.face === "moments") {
    open("account", draft.account === null);
    open("whom", draft.by === "audience" ? draft.audience === null : draft.condition === null);
    open("posts", draft.posts.length === 0);
    const taken = new Set<string>();
    for (const post of draft.posts) {
      const at = `${String(post.weekday)} ${post.at}`;
      open(`posts.${String(post.key)}`, post.message === null);
      open(`posts.${String(post.key)}.at`, taken.has(at));
      taken.add(at);
    }
  } else {
    open("account", draft.account === null);
    open("message", draft.message === null);
    open("followUp", draft.follows && draft.followUp === null);
    const named = new Set<string>();
    for (const arm of draft.arms) {
      const source = arm.source.trim();
      open(`arms.${String(arm.key)}`, arm.message === null);
      open(`arms.${String(arm.key)}.source`, source === "" || named.has(source));
      named.add(source);
    }
  }
  return gaps;
}

/** What is sent to the server; only of a draft without gaps. */
export function written(draft: Draft): Faces {
  const account = draft.account ?? 1; // where only tasks are given nothing leaves by it
  if (draft.face === "sop") {
    const rows = inOrder(draft.rows);
    const waits = rows.some((row) => row.day > 0);
    return {
      sop: {
        of: draft.of,
        account,
        // What a graph without waits or a goal cannot keep is left as it is by itself.
        days: waits ? draft.days : "any",
        stop_on: draft.stopOn,
        goal: draft.goal,
        goal_days: draft.goal.length > 0 ? draft.goalDays : 30,
        steps: rows.map((row) => ({
          day: row.day,
          at: row.day > 0 ? row.at : null,
          minutes: row.day > 0 ? 0 : row.minutes,
          message: row.does === "message" ? row.message : null,
          task: row.does === "task" ? row.task.trim() : "",
        })),
      },
    };
  }
  if (draft.face === "moments") {
    const whom = draft.by === "audience" ? { audience: draft.audience } : { condition: draft.condition };
    return { moments: { ...whom, account, posts: byWeek(draft.posts).map(({ weekday, at, message }) => ({ weekday, at, message: message ?? 0 })) } };
  }
  return {
    welcome: {
      account,
      message: draft.message ?? 0,
      by_source: draft.arms.map((arm) => ({ source: arm.source.trim(), message: arm.message ?? 0 })),
      follow_up: draft.follows ? draft.followUp : null,
      follow_up_hours: draft.follows ? draft.hours : 24,
    },
  };
}

/** Which line of the face a problem of its graph is about: `account`, `rows.<key>`, … */
export function placeOf(draft: Draft, field: string): string {
  const [, node = "", rest = ""] = /^nodes\.([a-z]+_?[a-z]*\d*)\.?(.*)$/.exec(field) ?? [];
  if (rest.endsWith("account")) return "account";
  const at = Number(/\d+$/.exec(node)?.[0] ?? 0) - 1;
  if (draft.face === "sop" && /^(step|wait)\d/.test(node)) return `rows.${String(inOrder(draft.rows)[at]?.key)}`;
  if (draft.face === "moments" && /^(post|wait)\d/.test(node)) return `posts.${String(byWeek(draft.posts)[at]?.key)}`;
  if (draft.face === "moments" && field.startsWith("entry")) return "whom";
  if (draft.face === "welcome" && /^hello\d/.test(node)) return `arms.${String(draft.arms[at]?.key)}`;
  if (draft.face === "welcome" && node === "hello") return "message";
  if (draft.face === "welcome" && node === "follow_up") return "followUp";
  return "";
}
