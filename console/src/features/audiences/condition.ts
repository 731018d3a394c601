/** A condition as it is stored: the same words as docs/how/audience-conditions.md. */

export type Unit = "minute" | "hour" | "day" | "week" | "month" | "year";
export type Span = { amount: number; unit: Unit };
export type Period = { kind?: "calendar"; period: "this" | "last" | "past"; unit: "day" | "week" | "month" | "quarter" | "year"; count?: number };
export type Window =
  | { kind: "ever" }
  | { kind: "rolling"; amount: number; unit: Unit }
  | { kind: "absolute"; from?: string | null; to?: string | null }
  | (Period & { kind: "calendar" })
  | { kind: "anniversary"; years: number; before?: number; after?: number };
export type Anniversary = { within_days: number } | { this: "month" };
export type Value = string | number | boolean | (string | number)[] | Span | Period | Anniversary | null;
export type Test = { op?: string; value?: Value };
export type Where = Test & { property: string };
export type Events = { types?: string[]; where?: Where[] };

export type AttributeNode = Test & { kind: "attribute"; attribute: string };
export type TagNode = { kind: "tag"; op: "any" | "all" | "none" | "by_group"; tags: number[]; tagged?: Window };
export type TagGroupNode = { kind: "tag_group"; op: "any" | "none"; groups: number[] };
export type Measure = "count" | "sum" | "avg" | "min" | "max" | "days" | "distinct";
export type EventNode = Events & Test & { kind: "event"; window?: Window; measure?: Measure; property?: string; did?: boolean };
export type MomentNode = Events & Test & { kind: "moment"; which: "first" | "last" };
export type SequenceNode = { kind: "sequence"; steps: Events[]; within?: Span; window?: Window; without?: Events & { within: Span } };
export type RelationNode = { kind: "relation"; to: "staff" | "store" | "group"; op: "any" | "in" | "none" | "mine"; ids?: number[]; statuses?: string[]; since?: Window };
export type HasReferredNode = Test & { kind: "has_referred"; since?: Window };
export type ReferredByNode = { kind: "referred_by"; customers?: number[] };
export type DependantNode = { kind: "dependant"; who?: string; gender?: "female" | "male"; age_months?: [number, number]; stage?: string };
export type AudienceNode = { kind: "audience"; op: "in" | "not_in"; audiences: number[] };
export type RandomNode = { kind: "random"; salt: string; from?: number; to: number };

export type Leaf =
  | AttributeNode
  | TagNode
  | TagGroupNode
  | EventNode
  | MomentNode
  | SequenceNode
  | RelationNode
  | HasReferredNode
  | ReferredByNode
  | DependantNode
  | AudienceNode
  | RandomNode;
export type GroupNode = { kind: "all" | "any"; of: Condition[] };
export type NotNode = { kind: "not"; of: Condition };
export type Condition = GroupNode | NotNode | Leaf;
export type LeafKind = Leaf["kind"];

const KINDS = new Set<unknown>([
  "all", "any", "not", "attribute", "tag", "tag_group", "event", "moment", "sequence",
  "relation", "has_referred", "referred_by", "dependant", "audience", "random",
]);

/** Whether JSON of the server is a condition; the server has checked all that is inside its leaves. */
export function isCondition(value: unknown): value is Condition {
  if (typeof value !== "object" || value === null || !("kind" in value) || !KINDS.has(value.kind)) return false;
  if (value.kind === "not") return "of" in value && isCondition(value.of);
  if (value.kind === "all" || value.kind === "any") return "of" in value && Array.isArray(value.of) && value.of.every(isCondition);
  return true;
}

export const everyone: GroupNode = { kind: "all", of: [] };

export function isGroup(condition: Condition): condition is GroupNode {
  return condition.kind === "all" || condition.kind === "any";
}

/** The root is always a group, so that there is a place to add to. */
export function asGroup(condition: Condition): GroupNode {
  return isGroup(condition) ? condition : { kind: "all", of: [condition] };
}

/** Negated twice is not negated. */
export function negated(condition: Condition): Condition {
  return condition.kind === "not" ? condition.of : { kind: "not", of: condition };
}

export function replaced<T>(list: T[], place: number, by: T): T[] {
  return list.map((each, index) => (index === place ? by : each));
}

export function without<T>(list: T[], place: number): T[] {
  return list.filter((_, index) => index !== place);
}

/** Where a node stands, in the words of the server's refusals: `condition.of[2].of`. */
export function inside(path: string, place?: number): string {
  return place === undefined ? `${path}.of` : `${path}.of[${String(place)}]`;
}

/** Whether something is still to be filled in; such a condition is not asked about yet. */
export function isComplete(condition: Condition): boolean {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.every(isComplete) && (condition.kind === "all" || condition.of.length > 0);
    case "not":
      return isComplete(condition.of);
    case "attribute":
      return condition.attribute !== "" && testIsComplete(condition);
    case "tag":
      return condition.tags.length > 0;
    case "tag_group":
      return condition.groups.length > 0;
    case "audience":
      return condition.audiences.length > 0;
    case "event":
      return eventsAreComplete(condition) && (condition.op === undefined || testIsComplete(condition)) && (!needsProperty(condition.measure) || Boolean(condition.property));
    case "moment":
      return eventsAreComplete(condition) && testIsComplete(condition);
    case "sequence":
      return condition.steps.every(eventsAreComplete);
    case "relation":
      return condition.op !== "in" || (condition.ids ?? []).length > 0;
    case "has_referred":
      return testIsComplete(condition);
    case "random":
      return condition.to > (condition.from ?? 0);
    case "referred_by":
    case "dependant":
      return true;
  }
}

export function needsProperty(measure: Measure | undefined): boolean {
  return measure !== undefined && measure !== "count" && measure !== "days";
}

function eventsAreComplete(events: Events): boolean {
  return (events.where ?? []).every((each) => each.property !== "" && testIsComplete(each));
}

function testIsComplete({ op, value }: Test): boolean {
  if (op === undefined) return false;
  if (op === "known" || op === "unknown") return true;
  if (value === undefined || value === null || value === "") return false;
  if (!Array.isArray(value)) return true;
  return value.length > 0 && value.every((each) => each !== "");
}
