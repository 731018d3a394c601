import type { components } from "@/api/schema";

type Detail = components["schemas"]["AuditOut"]["detail"];

/** One thing noted of what was done: its name, and its value or what became of which. */
export interface Noted {
  name: string;
  was?: unknown;
  is: unknown;
}

/** What was noted, thing by thing: `before` and `after` are told side by side, and what stayed is left out. */
export function noted(detail: Detail): Noted[] {
  const { before, after, ...rest } = detail;
  const told = Object.entries(rest).map(([name, is]) => (isTurn(is) ? { name, was: is.before, is: is.after } : { name, is }));
  return [...told, ...turns(before, after)];
}

function turns(before: unknown, after: unknown): Noted[] {
  if (!isRecord(before) && !isRecord(after)) {
    return before === undefined && after === undefined ? [] : [{ name: "value", was: before, is: after }];
  }
  const was = isRecord(before) ? before : null;
  const is = isRecord(after) ? after : {};
  const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is)])];
  return names
    .filter((name) => was === null || JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    .map((name) => (was === null ? { name, is: is[name] } : { name, was: was[name], is: is[name] }));
}

/** A value in words: `worded` knows the names the server uses, `said` says yes, no and nothing. */
export function inWords(value: unknown, worded: (value: string) => string | null, said: { yes: string; no: string; none: string; comma: string }): string {
  const one = (each: unknown): string => {
    if (each === null || each === undefined || each === "" || (Array.isArray(each) && each.length === 0)) return said.none;
    if (typeof each === "boolean") return each ? said.yes : said.no;
    if (typeof each === "string") return worded(each) ?? each;
    if (typeof each === "number") return String(each);
    if (Array.isArray(each)) return each.map(one).join(said.comma);
    return JSON.stringify(each);
  };
  return one(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTurn(value: unknown): value is { before: unknown; after: unknown } {
  return isRecord(value) && "before" in value && "after" in value;
}
