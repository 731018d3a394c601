import { ENTRY, positionOf, waysOf, type Graph } from "./graph";

export const WIDTH = 232;
export const HEIGHT = 76;
const ACROSS = WIDTH + 40;
const DOWN = HEIGHT + 54;

export type Places = Record<string, { x: number; y: number }>;

/** Where everything stands: where its author put it, or by layers from the entry down. */
export function placesOf(graph: Graph): Places {
  const laid = laidOut(graph);
  for (const [id, node] of Object.entries(graph.nodes)) {
    const own = positionOf(node);
    if (own) laid[id] = own;
  }
  // The entry has no place of its own: it stands above where it leads.
  const start = graph.start ? graph.nodes[graph.start] : undefined;
  const own = start && positionOf(start);
  if (own) laid[ENTRY] = { x: own.x, y: own.y - DOWN };
  return laid;
}

/** By layers: each node below the last that leads to it, beside its siblings, near its parents. */
export function laidOut(graph: Graph): Places {
  const depth = depths(graph);
  const layers: string[][] = [];
  for (const [id, at] of depth) (layers[at] ??= []).push(id);
  const parents = parentsOf(graph);
  const across = new Map<string, number>();
  layers.forEach((layer, at) => {
    if (at > 0) layer.sort((one, other) => wish(one, parents, across) - wish(other, parents, across));
    spread(layer, parents, across);
  });
  const places: Places = {};
  for (const [id, at] of depth) places[id] = { x: Math.round((across.get(id) ?? 0) * ACROSS), y: at * DOWN };
  return places;
}

/** How far down each node stands: the longest way there that does not go in circles. */
function depths(graph: Graph): Map<string, number> {
  const depth = new Map<string, number>([[ENTRY, 0]]);
  const walk = (id: string, at: number, path: Set<string>) => {
    if (path.has(id) || !graph.nodes[id] || (depth.get(id) ?? -1) >= at) return;
    depth.set(id, at);
    path.add(id);
    for (const way of waysOf(graph.nodes[id])) if (way.to) walk(way.to, at + 1, path);
    path.delete(id);
  };
  if (graph.start) walk(graph.start, 1, new Set([ENTRY]));
  // What nothing leads to stands beneath everything else, where it can be seen.
  let last = Math.max(...depth.values());
  for (const id of Object.keys(graph.nodes)) if (!depth.has(id)) walk(id, (last += 1), new Set());
  return depth;
}

function parentsOf(graph: Graph): Map<string, { id: string; turn: number }[]> {
  const parents = new Map<string, { id: string; turn: number }[]>();
  const note = (to: string | null, id: string, turn: number) => {
    if (to) parents.set(to, [...(parents.get(to) ?? []), { id, turn }]);
  };
  note(graph.start, ENTRY, 0);
  for (const [id, node] of Object.entries(graph.nodes)) {
    const ways = waysOf(node);
    ways.forEach((way, place) => { note(way.to, id, place - (ways.length - 1) / 2); });
  }
  return parents;
}

/** Where a node would stand if it were alone: beneath its parents, to the side of the way that leads there. */
function wish(id: string, parents: Map<string, { id: string; turn: number }[]>, across: Map<string, number>): number {
  const wished = (parents.get(id) ?? []).flatMap((each) => {
    const at = across.get(each.id);
    return at === undefined ? [] : [at + each.turn];
  });
  return wished.length === 0 ? 0 : wished.reduce((sum, each) => sum + each, 0) / wished.length;
}

/** Put a layer side by side: each as near to its wish as its neighbours allow. */
function spread(layer: string[], parents: Map<string, { id: string; turn: number }[]>, across: Map<string, number>): void {
  const wishes = layer.map((id) => wish(id, parents, across));
  let right = -Infinity;
  const placed = wishes.map((wished) => (right = Math.max(wished, right + 1)));
  const shift = placed.reduce((sum, at, place) => sum + at - (wishes[place] ?? 0), 0) / Math.max(1, placed.length);
  layer.forEach((id, place) => across.set(id, (placed[place] ?? 0) - shift));
}
