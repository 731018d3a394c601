import { isObject, text, type Json, type JsonObject } from "../graph";

/** How one property of an event is compared; the names are the server's. */
export const ops = ["eq", "ne", "ge", "le", "gt", "lt", "in", "contains", "known", "unknown"] as const;
export type Op = (typeof ops)[number];

export interface Check {
  property: string;
  op: Op;
  value?: Json;
}

export function checksOf(where: unknown): Check[] {
  if (!Array.isArray(where)) return [];
  return where.filter(isObject).map((each) => {
    const op = ops.find((known) => known === each["op"]) ?? "eq";
    return { property: text(each["property"]), op, ...(each["value"] === undefined ? {} : { value: each["value"] }) };
  });
}

/** What can be asked of a property of this kind. */
export function opsFor(kind: string): Op[] {
  switch (kind) {
    case "number":
    case "money":
      return ["ge", "le", "gt", "lt", "eq", "ne", "known", "unknown"];
    case "bool":
      return ["eq", "known", "unknown"];
    default:
      return ["eq", "ne", "in", "contains", "known", "unknown"];
  }
}

/** What somebody wrote as the graph keeps it: money in fen, several by commas. */
export function valueOf(kind: string, op: Op, written: string): Json | undefined {
  const said = written.trim();
  if (op === "known" || op === "unknown") return undefined;
  if (op === "in") return said.split(/[,，、]/).map((each) => each.trim()).filter(Boolean);
  if (kind === "number" || kind === "money") {
    const number = Number(said);
    if (said === "" || Number.isNaN(number)) return said;
    return kind === "money" ? Math.round(number * 100) : number;
  }
  return said;
}

/** And back, as it was written. */
export function saidValue(kind: string, value: Json | undefined): string {
  if (Array.isArray(value)) return value.map(String).join("，");
  if (typeof value === "number") return String(kind === "money" ? value / 100 : value);
  return text(value);
}

export function withChecks(pattern: JsonObject, checks: Check[]): JsonObject {
  const { where: _before, ...rest } = pattern;
  return checks.length === 0 ? rest : { ...rest, where: checks.map((each) => ({ ...each })) };
}
