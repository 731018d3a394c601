import dayjs from "dayjs";

import type { Anniversary, Period, Span, Test, Value } from "../condition";
import type { Choice, FieldWord, Kind, Vocabulary } from "../vocabulary";

export function isSpan(value: Value | undefined): value is Span {
  return typeof value === "object" && value !== null && "amount" in value;
}

export function isPeriod(value: Value | undefined): value is Period {
  return typeof value === "object" && value !== null && "period" in value;
}

export function isAnniversary(value: Value | undefined): value is Anniversary {
  return typeof value === "object" && value !== null && ("within_days" in value || "this" in value);
}

export function listOf(value: Value | undefined): (string | number)[] {
  return Array.isArray(value) ? value : [];
}

const MANY = new Set(["in", "not_in", "has_any", "has_all", "has_none", "within", "not_within"]);
const SPANS = new Set(["more_than_ago", "less_than_ago", "within_next"]);

/** How many values an operator takes, and of what shape. */
export function shapeOf(op: string | undefined): "none" | "many" | "span" | "period" | "anniversary" | "between" | "one" {
  if (op === undefined || op === "known" || op === "unknown") return "none";
  if (MANY.has(op)) return "many";
  if (SPANS.has(op)) return "span";
  if (op === "in_period") return "period";
  if (op === "anniversary") return "anniversary";
  return op === "between" ? "between" : "one";
}

/** What an operator begins with; a value that still fits is kept. */
export function freshTest(op: string, kind: Kind, before: Test): Test {
  const shape = shapeOf(op);
  if (shape === "none") return { op };
  if (shape === shapeOf(before.op) && before.value !== undefined) return { op, value: before.value };
  return { op, value: fresh(shape, kind) };
}

function fresh(shape: ReturnType<typeof shapeOf>, kind: Kind): Value {
  switch (shape) {
    case "span":
      return { amount: 1, unit: "year" };
    case "period":
      return { period: "this", unit: "month" };
    case "anniversary":
      return { within_days: 7 };
    case "many":
      return [];
    case "between":
      return kind === "date" || kind === "time" ? ["", ""] : [0, 0];
    default:
      if (kind === "bool") return true;
      if (kind === "number" || kind === "money") return 0;
      return kind === "date" || kind === "time" ? dayjs().format("YYYY-MM-DD") : "";
  }
}

/** The values a field can have, when they are known: choices, or the workspace's own people and places. */
export function choicesOf(field: Pick<FieldWord, "kind" | "choices">, vocabulary: Vocabulary): { value: string | number; label: string }[] | null {
  if (field.kind === "staff") return vocabulary.staff.map(numbered);
  if (field.kind === "store") return vocabulary.stores.map(numbered);
  if (field.kind === "group") return vocabulary.groups.map(numbered);
  return field.choices.length > 0 ? field.choices.map((each: Choice) => each) : null;
}

export function numbered({ id, name }: { id: number; name: string }): { value: number; label: string } {
  return { value: id, label: name };
}
