import { createContext, useContext } from "react";

export type Kind =
  | "text" | "number" | "money" | "date" | "time" | "bool" | "choice" | "multi_choice" | "region" | "list" | "staff" | "store" | "group";

export interface Choice {
  value: string;
  label: string;
}

export interface FieldWord {
  name: string;
  label: string;
  kind: Kind;
  choices: Choice[];
}

export interface EventWord {
  name: string;
  label: string;
  properties: FieldWord[];
}

export interface Named {
  id: number;
  name: string;
}

/** What a condition of this workspace can speak of. */
export interface Vocabulary {
  attributes: FieldWord[];
  events: EventWord[];
  tagGroups: (Named & { tags: (Named & { colour?: string | null })[] })[];
  audiences: Named[];
  staff: Named[];
  stores: Named[];
  groups: Named[];
  statuses: Choice[];
  dependants: Choice[];
  stages: Choice[];
}

export const nothingToSay: Vocabulary = {
  attributes: [],
  events: [],
  tagGroups: [],
  audiences: [],
  staff: [],
  stores: [],
  groups: [],
  statuses: [],
  dependants: [],
  stages: [],
};

export const VocabularyContext = createContext<Vocabulary>(nothingToSay);

export function useVocabulary(): Vocabulary {
  return useContext(VocabularyContext);
}

/** The properties that events of all these types share with one kind; no type named: any event. */
export function propertiesOf(vocabulary: Vocabulary, types: string[]): FieldWord[] {
  const chosen = vocabulary.events.filter((each) => types.length === 0 || types.includes(each.name));
  const found = new Map<string, FieldWord>();
  for (const property of chosen.flatMap((each) => each.properties)) {
    if (!found.has(property.name)) found.set(property.name, property);
  }
  return [...found.values()];
}

const order = ["eq", "ne", "lt", "le", "gt", "ge", "between"];
const known = ["known", "unknown"];
const relative = ["more_than_ago", "less_than_ago", "within_next", "in_period", "anniversary"];
const choice = ["eq", "ne", "in", "not_in", ...known];
const list = ["has_any", "has_all", "has_none", ...known];

/** Which tests fit a kind, the usual one first. */
export const operators: Record<Kind, string[]> = {
  text: ["eq", "ne", "in", "not_in", "contains", "starts", "ends", "matches", ...known],
  number: ["ge", "le", "eq", "ne", "gt", "lt", "between", "in", "not_in", ...known],
  money: ["ge", "le", "eq", "ne", "gt", "lt", "between", ...known],
  date: [...relative, "eq", "lt", "ge", "between", ...known],
  time: [...relative, ...order.filter((each) => each !== "eq" && each !== "ne"), ...known],
  bool: ["eq", ...known],
  choice,
  multi_choice: list,
  list,
  region: ["within", "not_within", ...known],
  staff: choice,
  store: choice,
  group: choice,
};
