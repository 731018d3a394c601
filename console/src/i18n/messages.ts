import type { zhCN } from "./zh-CN";
import type { later } from "./zh-CN/later";

/** Every sentence of the console; Chinese is the source, English must have the same shape. */
export type First = typeof zhCN;
export type Later = typeof later;
export type Messages = First & Later;

type Paths<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}`;
}[keyof T & string];

export type MessageKey = Paths<Messages>;
export type Language = "zh-CN" | "en-US" | "__keys__";
export type Blanks = Record<string, string | number>;

/** Return the sentence at `key`; `__keys__` (the pseudo-language of a test) shows the key itself. */
export function look(messages: First | null, key: MessageKey): string {
  return word(messages, key) ?? `⟦${key}⟧`;
}

/** The same for a key nobody has checked: null where there is no sentence. */
export function word(messages: First | null, key: string): string | null {
  if (!messages) return `⟦${key}⟧`;
  let found: unknown = messages;
  for (const part of key.split(".")) {
    found = typeof found === "object" && found !== null ? Reflect.get(found, part) : undefined;
  }
  return typeof found === "string" ? found : null;
}

/** Fill `{name}` and `{n|person|people}` (one form for 1, the other for all else). */
export function fill(sentence: string, blanks: Blanks): string {
  return sentence.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = blanks[name];
    if (value === undefined) return whole;
    if (one === undefined || many === undefined) return String(value);
    return String(value) === "1" ? one : many;
  });
}
