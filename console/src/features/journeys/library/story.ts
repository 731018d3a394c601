import { ENTRY, waysOf, type Graph, type Way } from "../graph";
import { laidOut } from "../layout";

/** One step of a journey told from top to bottom. */
export interface Told {
  id: string;
  /** How many forks lie above it. */
  depth: number;
  /** The way that leads there, where the step above has several; null: it simply follows. */
  way: { from: string; way: Way } | null;
  /** It was told before: only its name is said again. */
  again: boolean;
}

/** Every step once, each way of a fork followed to its end before the next is. */
export function told(graph: Graph): Told[] {
  const lines: Told[] = [];
  const seen = new Set<string>();
  const follow = (id: string | null, depth: number, way: Told["way"]) => {
    const node = id === null ? undefined : graph.nodes[id];
    if (id === null || !node) return;
    lines.push({ id, depth, way, again: seen.has(id) });
    if (seen.has(id)) return;
    seen.add(id);
    const ways = waysOf(node);
    const [only] = ways;
    if (ways.length === 1 && only) follow(only.to, depth, null);
    else for (const each of ways) follow(each.to, depth + 1, { from: id, way: each });
  };
  follow(graph.start, 0, null);
  return lines;
}

export interface Dot {
  id: string;
  x: number;
  y: number;
}

export interface Picture {
  dots: Dot[];
  lines: { from: Dot; to: Dot }[];
  /** How many dots it is long, and how far it spreads. */
  width: number;
  height: number;
}

/** The steps as dots from left to right: a column for each layer of the canvas, a row for each way. */
export function pictured(graph: Graph): Picture {
  const places = laidOut(graph);
  const down = [...new Set(Object.values(places).map((at) => at.y))].sort((one, other) => one - other);
  const across = [...new Set(Object.values(places).map((at) => at.x))].sort((one, other) => one - other);
  const dots = Object.entries(places).map(([id, at]) => ({ id, x: down.indexOf(at.y), y: rowOf(at.x, across) }));
  const byId = new Map(dots.map((dot) => [dot.id, dot]));
  const pairs: [string, string | null][] = [[ENTRY, graph.start], ...Object.entries(graph.nodes).flatMap(([id, node]) => waysOf(node).map((way): [string, string | null] => [id, way.to]))];
  const lines = pairs.flatMap(([one, other]) => {
    const from = byId.get(one);
    const to = other === null ? undefined : byId.get(other);
    return from && to ? [{ from, to }] : [];
  });
  return { dots, lines, width: down.length, height: Math.max(...dots.map((dot) => dot.y)) + 1 };
}

const SAME = 60; // what stands nearer than this on the canvas stands in one row here

function rowOf(x: number, across: number[]): number {
  let row = 0;
  let begin = across[0] ?? 0;
  for (const each of across) {
    if (each - begin > SAME) {
      row += 1;
      begin = each;
    }
    if (each === x) return row;
  }
  return row;
}
