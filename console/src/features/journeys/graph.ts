/** A journey's graph as JSON, and what can be done to it. Nothing here changes what it is given. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };
export type JsonObject = { [key: string]: Json | undefined };

export interface Span {
  amount: number;
  unit: "second" | "minute" | "hour" | "day" | "week" | "month" | "year";
}

export const kinds = ["wait", "wait_time", "wait_date", "until", "until_audience", "branch", "split", "action", "goal", "exit", "merge", "rate"] as const;
export type Kind = (typeof kinds)[number];

export type GraphNode = JsonObject & { kind: Kind };

export interface Graph {
  entry: JsonObject;
  start: string | null;
  nodes: Record<string, GraphNode>;
  /** What else the graph says: exits, goal, reentry, entry_cap. */
  rest: JsonObject;
}

/** One way out of a node: the outcome it is logged with, where it leads, what stands on it. */
export interface Way {
  outcome: string;
  to: string | null;
  /** The place in the node's JSON, as the server names it: next, on_timeout, arms[0].next. */
  place: string;
  name: string;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isKind(value: unknown): value is Kind {
  return kinds.some((each) => each === value);
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function readGraph(written: Record<string, unknown>): Graph {
  const { entry, start, nodes, ...rest } = written;
  const found: Record<string, GraphNode> = {};
  if (isObject(nodes)) {
    for (const [id, node] of Object.entries(nodes)) {
      if (isObject(node) && isKind(node["kind"])) found[id] = { ...node, kind: node["kind"] };
    }
  }
  return { entry: isObject(entry) ? entry : { kind: "manual" }, start: typeof start === "string" ? start : null, nodes: found, rest: isObject(rest) ? rest : {} };
}

export function writeGraph(graph: Graph): JsonObject {
  return { entry: graph.entry, ...(graph.start ? { start: graph.start } : {}), nodes: graph.nodes, ...graph.rest };
}

function armsOf(node: GraphNode): JsonObject[] {
  return Array.isArray(node["arms"]) ? node["arms"].filter(isObject) : [];
}

const nextOf = (holder: JsonObject, key = "next"): string | null => text(holder[key]) || null;

/** The ways out of a node, in the order people read them. */
export function waysOf(node: GraphNode): Way[] {
  switch (node.kind) {
    case "exit":
      return [];
    case "branch":
      return [
        ...armsOf(node).map((arm, place) => ({ outcome: `arm:${String(place)}`, to: nextOf(arm), place: `arms[${String(place)}].next`, name: text(arm["name"]) })),
        { outcome: "otherwise", to: nextOf(node, "otherwise"), place: "otherwise", name: "" },
      ];
    case "split":
      return armsOf(node).map((arm, place) => ({ outcome: `way:${text(arm["name"])}`, to: nextOf(arm), place: `arms[${String(place)}].next`, name: text(arm["name"]) }));
    case "until":
    case "until_audience":
      return [
        { outcome: "next", to: nextOf(node), place: "next", name: "" },
        { outcome: "timeout", to: nextOf(node, "on_timeout"), place: "on_timeout", name: "" },
      ];
    case "wait_date":
      return [
        { outcome: "next", to: nextOf(node), place: "next", name: "" },
        { outcome: "otherwise", to: nextOf(node, "otherwise"), place: "otherwise", name: "" },
      ];
    default:
      return [{ outcome: "next", to: nextOf(node), place: "next", name: "" }];
  }
}

/** The node with one of its ways leading elsewhere; nowhere is the end. */
export function withWay(node: GraphNode, place: string, to: string | null): GraphNode {
  const arm = /^arms\[(\d+)\]\.next$/.exec(place);
  if (arm) {
    const at = Number(arm[1]);
    return { ...node, arms: armsOf(node).map((each, number) => (number === at ? led(each, "next", to) : each)) };
  }
  return { ...led(node, place, to), kind: node.kind };
}

function led(holder: JsonObject, key: string, to: string | null): JsonObject {
  if (to !== null) return { ...holder, [key]: to };
  const { [key]: _gone, ...rest } = holder;
  return rest;
}

export const ENTRY = "entry";

export function connect(graph: Graph, from: string, place: string, to: string | null): Graph {
  if (from === ENTRY) return { ...graph, start: to };
  const node = graph.nodes[from];
  return node ? withNode(graph, from, withWay(node, place, to)) : graph;
}

export function withNode(graph: Graph, id: string, node: GraphNode): Graph {
  return { ...graph, nodes: { ...graph.nodes, [id]: node } };
}

/** An id nobody has yet. */
export function freshId(graph: Graph, beside: string[] = []): string {
  let number = Object.keys(graph.nodes).length + 1;
  while (graph.nodes[`n${String(number)}`] || beside.includes(`n${String(number)}`)) number += 1;
  return `n${String(number)}`;
}

/** Take nodes away; whoever led to one of them leads to what it led to. */
export function without(graph: Graph, ids: ReadonlySet<string>): Graph {
  const after = (id: string | null, seen: Set<string> = new Set()): string | null => {
    if (id === null || !ids.has(id) || seen.has(id)) return id !== null && ids.has(id) ? null : id;
    seen.add(id);
    const node = graph.nodes[id];
    return after(node ? (waysOf(node)[0]?.to ?? null) : null, seen);
  };
  const nodes: Record<string, GraphNode> = {};
  for (const [id, node] of Object.entries(graph.nodes)) {
    if (ids.has(id)) continue;
    nodes[id] = waysOf(node).reduce((kept, way) => (way.to !== null && ids.has(way.to) ? withWay(kept, way.place, after(way.to)) : kept), node);
  }
  return { ...graph, start: after(graph.start), nodes };
}

/** Put a new node on a way: it leads on to where the way led. */
export function insertOn(graph: Graph, from: string, place: string, node: GraphNode): { graph: Graph; id: string } {
  const id = freshId(graph);
  const led = from === ENTRY ? graph.start : (waysOf(graph.nodes[from] ?? { kind: "exit" }).find((way) => way.place === place)?.to ?? null);
  const first = waysOf(node)[0];
  const placed = first ? withWay(node, first.place, led) : node;
  return { graph: connect(withNode(graph, id, placed), from, place, id), id };
}

/** Copies of nodes with the ways among them, beside the originals. */
export function paste(graph: Graph, copied: Record<string, GraphNode>): { graph: Graph; ids: string[] } {
  const names = new Map<string, string>();
  for (const id of Object.keys(copied)) names.set(id, freshId(graph, [...names.values()]));
  const nodes = { ...graph.nodes };
  for (const [id, node] of Object.entries(copied)) {
    const to = names.get(id);
    if (to === undefined) continue;
    const led = waysOf(node).reduce((kept, way) => withWay(kept, way.place, way.to === null ? null : (names.get(way.to) ?? null)), node);
    const { position, ...rest } = led;
    const moved = isObject(position) && typeof position["x"] === "number" && typeof position["y"] === "number" ? { position: { x: position["x"] + 40, y: position["y"] + 40 } } : {};
    nodes[to] = { ...rest, ...moved, kind: node.kind };
  }
  return { graph: { ...graph, nodes }, ids: [...names.values()] };
}

export function positionOf(node: GraphNode): { x: number; y: number } | null {
  const at = node["position"];
  return isObject(at) && typeof at["x"] === "number" && typeof at["y"] === "number" ? { x: at["x"], y: at["y"] } : null;
}

export function spanOf(value: unknown): Span | null {
  if (!isObject(value) || typeof value["amount"] !== "number") return null;
  const unit = (["second", "minute", "hour", "day", "week", "month", "year"] as const).find((each) => each === value["unit"]);
  return unit ? { amount: value["amount"], unit } : null;
}

/** A node of a kind as it begins: what has to be said of it is left to the author. */
export function fresh(kind: Kind): GraphNode {
  switch (kind) {
    case "wait":
      return { kind, for: { amount: 1, unit: "day" } };
    case "wait_time":
      return { kind, at: "20:00" };
    case "wait_date":
      return { kind, attribute: "birthday", every: "year", at: "10:00" };
    case "until":
      return { kind, event: { types: ["pay"] }, timeout: { amount: 3, unit: "day" } };
    case "until_audience":
      return { kind, timeout: { amount: 7, unit: "day" } };
    case "branch":
      return { kind, arms: [{}] };
    case "split":
      return { kind, arms: [{ name: "A", weight: 1 }, { name: "B", weight: 1 }] };
    case "action":
      return { kind, do: "" };
    case "rate":
      return { kind, most: 100, per: { amount: 1, unit: "minute" } };
    default:
      return { kind };
  }
}
