import type { MappedValue, Mapping, ReadAs } from "./importsApi";

/** What one column becomes. `name` is of a property, a field or a tag group; `source` of an identity. */
export interface Use {
  role: string;
  name?: string;
  read_as: ReadAs;
  format?: string | null;
}

const singles = ["occurred_at", "event_id", "amount", "content", "campaign", "source", "staff", "store", "group"] as const;
type Single = (typeof singles)[number];

export const identityKinds = ["phone", "unionid", "openid", "external_userid", "member_no", "email", "buyer_id", "device"];
export const attributes = ["name", "gender", "birthday", "country", "province", "city", "district", "source", "joined_at"];
export const eventRoles = ["occurred_at", "type", "event_id", "amount", "content", "campaign", "source", "staff", "store", "group", "property"];
export const customerRoles = ["staff", "store", "tags", "attribute"];

/** How a role is usually read. */
export function usualReading(role: string): ReadAs {
  if (role === "occurred_at" || role === "attribute:joined_at") return "time";
  if (role === "attribute:birthday") return "date";
  if (role === "attribute:gender") return "gender";
  if (role === "amount") return "yuan";
  if (role === "tags") return "list";
  return "text";
}

/** What a column becomes in this mapping; null when it is left out. */
export function purposeOf(mapping: Mapping, column: string): Use | null {
  if (mapping.type?.column === column) return { role: "type", read_as: "text" };
  for (const single of singles) {
    const value = mapping[single];
    if (value?.column === column) return { role: single, ...reading(value) };
  }
  for (const each of (mapping.identities ?? [])) if (each.value.column === column) return { role: `identity:${each.kind}`, name: each.source ?? "", ...reading(each.value) };
  for (const each of (mapping.tags ?? [])) if (each.value.column === column) return { role: "tags", name: each.group, ...reading(each.value) };
  for (const each of (mapping.attributes ?? [])) {
    if (each.value.column !== column) continue;
    return attributes.includes(each.name) ? { role: `attribute:${each.name}`, ...reading(each.value) } : { role: "attribute", name: each.name, ...reading(each.value) };
  }
  for (const each of (mapping.properties ?? [])) if (each.value.column === column) return { role: "property", name: each.name, ...reading(each.value) };
  return null;
}

/** The mapping with this column put to another use; whatever else had that single use lets go of it. */
export function withUse(mapping: Mapping, column: string, use: Use | null): Mapping {
  const rest = without(mapping, column);
  if (!use) return rest;
  const value: MappedValue = { column, read_as: use.read_as, format: use.format ?? null, absolute: false, separator: "," };
  const [kind, name = ""] = use.role.split(":");
  if (use.role === "type") return { ...rest, type: { column, values: mapping.type?.values ?? {}, prefixes: mapping.type?.prefixes ?? {}, otherwise: mapping.type?.otherwise ?? mapping.type?.constant ?? null } };
  if (kind === "identity") return { ...rest, identities: [...(rest.identities ?? []), { kind: name, source: use.name ?? "", value }] };
  if (use.role === "tags") return { ...rest, tags: [...(rest.tags ?? []), { group: use.name ?? column, value: { ...value, read_as: "list" } }] };
  if (kind === "attribute") return { ...rest, attributes: [...(rest.attributes ?? []).filter((each) => !name || each.name !== name), { name: name || (use.name ?? ""), value }] };
  if (use.role === "property") return { ...rest, properties: [...(rest.properties ?? []), { name: use.name ?? "", value }] };
  const single = singles.find((each) => each === use.role);
  return single ? { ...rest, ...one(single, value) } : rest;
}

/** A name for a property or a field, made from a column's: `Unit Price` → `unit_price`; hanzi are counted. */
export function nameFor(column: string, place: number): string {
  const made = column.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 60);
  return made || `column_${String(place + 1)}`;
}

function one(single: Single, value: MappedValue): Partial<Mapping> {
  return { [single]: value };
}

function reading(value: MappedValue): Pick<Use, "read_as" | "format"> {
  return { read_as: value.read_as ?? "text", format: value.format ?? null };
}

function without(mapping: Mapping, column: string): Mapping {
  const here = (value: MappedValue | null | undefined) => value?.column === column;
  const kept = { ...mapping };
  for (const single of singles) if (here(kept[single])) kept[single] = null;
  if (kept.type?.column === column) kept.type = { constant: kept.type.otherwise ?? null, values: {}, prefixes: {} };
  return {
    ...kept,
    identities: (mapping.identities ?? []).filter((each) => !here(each.value)),
    properties: (mapping.properties ?? []).filter((each) => !here(each.value)),
    attributes: (mapping.attributes ?? []).filter((each) => !here(each.value)),
    tags: (mapping.tags ?? []).filter((each) => !here(each.value)),
  };
}
