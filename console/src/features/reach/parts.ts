import type { KitChannel, KitField, KitPart } from "./messagesApi";

/** One part of a message as it is being written. */
export type Part = Record<string, unknown> & { kind: string };

/** A draft's part: `key` tells parts apart while they are moved. */
export interface Draft {
  key: number;
  part: Part;
}

let last = 0;

export function drafted(part: Part): Draft {
  last += 1;
  return { key: last, part };
}

export function textOf(part: Part, name: string): string {
  const value = part[name];
  return typeof value === "string" ? value : "";
}

export function valuesOf(part: Part): Record<string, string> {
  const values = part["values"];
  if (typeof values !== "object" || values === null) return {};
  return Object.fromEntries(Object.entries(values).filter((each): each is [string, string] => typeof each[1] === "string"));
}

/** A part with a field filled in; an empty optional one is left out. */
export function withField(part: Part, name: string, value: unknown, required: boolean): Part {
  if (value !== "" || required) return { ...part, [name]: value };
  const { [name]: _left, ...rest } = part;
  return { ...rest, kind: part.kind };
}

export function asParts(saved: Record<string, unknown>[]): Part[] {
  return saved.flatMap((each) => (typeof each["kind"] === "string" ? [{ ...each, kind: each["kind"] }] : []));
}

/** What a message of this channel begins with: what it cannot do without, or a text. */
export function firstParts(channel: KitChannel): Part[] {
  const needed = channel.parts.filter((each) => each.least > 0);
  return (needed.length > 0 ? needed : channel.parts.slice(0, 1)).map(emptyPart);
}

export function emptyPart(kind: KitPart): Part {
  return { kind: kind.kind, ...Object.fromEntries(kind.fields.filter((each) => each.required && !each.is_mapping).map((each) => [each.name, ""])) };
}

/** The kinds that may still be added. */
export function addable(channel: KitChannel, parts: Part[]): KitPart[] {
  const attached = parts.filter((each) => channel.parts.find((kind) => kind.kind === each.kind)?.is_attachment).length;
  const full = channel.attachments !== null && attached >= channel.attachments;
  return channel.parts.filter((kind) => parts.filter((each) => each.kind === kind.kind).length < kind.most && !(full && kind.is_attachment));
}

/** What stays when a message is written for another channel. */
export function carriedOver(parts: Part[], channel: KitChannel): Part[] {
  const kept = parts.filter((each) => channel.parts.some((kind) => kind.kind === each.kind));
  const missing = firstParts(channel).filter((each) => !kept.some((one) => one.kind === each.kind));
  return kept.length > 0 && channel.parts.every((kind) => kind.least === 0) ? kept : [...missing, ...kept];
}

/** The names in an approved template: ${name} or {1}. */
export function holesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\$\{([A-Za-z_]\w*)\}|\{(\d{1,2})\}/g)].map((each) => each[1] ?? each[2] ?? ""))];
}

/** Fields somebody has to fill in before it can be read. */
export function isUnfilled(part: Part, field: KitField): boolean {
  return field.required && !field.is_mapping && textOf(part, field.name).trim() === "";
}

export function isReadable(parts: Part[], channel: KitChannel): boolean {
  return (
    parts.length > 0 &&
    parts.every((part) => {
      const kind = channel.parts.find((each) => each.kind === part.kind);
      return kind !== undefined && !kind.fields.some((field) => isUnfilled(part, field));
    })
  );
}

/** The channel where everybody reads the same: nothing in it takes variables. */
export function plainChannel(channel: KitChannel): KitChannel {
  return { ...channel, parts: channel.parts.map((part) => ({ ...part, fields: part.fields.map((field) => ({ ...field, takes_variables: false })) })) };
}
