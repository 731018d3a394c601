import type { Condition, Leaf, LeafKind } from "../condition";
import { operators, type FieldWord, type Vocabulary } from "../vocabulary";
import { freshTest } from "./shapes";

/** A leaf of this kind as it first appears. */
export function freshLeaf(kind: LeafKind, vocabulary: Vocabulary): Leaf {
  switch (kind) {
    case "attribute":
      return freshAttribute(vocabulary.attributes[0]);
    case "tag":
      return { kind, op: "any", tags: [] };
    case "tag_group":
      return { kind, op: "any", groups: [] };
    case "event":
      return { kind, types: [], window: { kind: "rolling", amount: 30, unit: "day" }, op: "ge", value: 1 };
    case "moment":
      return { kind, which: "last", types: [], op: "more_than_ago", value: { amount: 30, unit: "day" } };
    case "sequence":
      return { kind, steps: [{ types: [] }, { types: [] }], within: { amount: 7, unit: "day" }, window: { kind: "rolling", amount: 30, unit: "day" } };
    case "relation":
      return { kind, to: "staff", op: "any" };
    case "has_referred":
      return { kind, op: "ge", value: 1 };
    case "referred_by":
      return { kind };
    case "dependant":
      return { kind, who: vocabulary.dependants[0]?.value ?? "child" };
    case "audience":
      return { kind, op: "in", audiences: [] };
    case "random":
      return { kind, salt: "A", from: 0, to: 10 };
  }
}

export function freshAttribute(field: FieldWord | undefined): Leaf {
  if (!field) return { kind: "attribute", attribute: "" };
  return { kind: "attribute", attribute: field.name, ...freshTest(operators[field.kind][0] ?? "eq", field.kind, {}) };
}

/** What the menu offers, in the order people reach for it. */
export function offered(vocabulary: Vocabulary): LeafKind[] {
  const there: [LeafKind, boolean][] = [
    ["attribute", vocabulary.attributes.length > 0],
    ["event", true],
    ["tag", vocabulary.tagGroups.some((each) => each.tags.length > 0)],
    ["moment", true],
    ["sequence", true],
    ["relation", true],
    ["audience", vocabulary.audiences.length > 0],
    ["tag_group", vocabulary.tagGroups.length > 0],
    ["has_referred", true],
    ["referred_by", true],
    ["dependant", vocabulary.dependants.length > 0],
    ["random", true],
  ];
  return there.filter(([, shown]) => shown).map(([kind]) => kind);
}

export function freshGroup(): Condition {
  return { kind: "any", of: [] };
}
