import { waysOf, type Graph } from "../graph";
import type { NodeCount } from "../journeysApi";

import type { Tried, Verdict } from "./dryRunApi";

/** What a dry run counted, as the canvas draws counts. */
export function countsOf(tried: Tried): NodeCount[] {
  const found = new Map<string, NodeCount>([["", { version: 0, node: "", came: tried.entered - tried.held_out, here: 0, held: 0, left: {} }]]);
  for (const { node, what, count } of tried.places) {
    const one = found.get(node) ?? { version: 0, node, came: 0, here: 0, held: 0, left: {} };
    found.set(node, one);
    if (what === "in") one.came += count;
    else if (what === "waiting") one.here += count;
    else one.left[what] = (one.left[what] ?? 0) + count;
  }
  return [...found.values()];
}

/** The people behind one count. */
export function peopleAt(tried: Tried, node: string, what: string): number[] {
  return tried.places.find((each) => each.node === node && each.what === what)?.people ?? [];
}

/** Nodes as one reads them: from the entry on, layer by layer; what nothing leads to comes last. */
export function inOrder(graph: Graph): string[] {
  const seen = new Set<string>();
  const line = graph.start === null ? [] : [graph.start];
  for (const id of line) {
    const node = graph.nodes[id];
    if (!node || seen.has(id)) continue;
    seen.add(id);
    for (const way of waysOf(node)) if (way.to !== null) line.push(way.to);
  }
  return [...seen, ...Object.keys(graph.nodes).filter((id) => !seen.has(id))];
}

export interface Totals {
  sends: number;
  goes: number;
  deferred: number;
  blocked: number;
  inside: number;
  verdicts: Verdict[];
}

/** What was said of all messages together, most frequent first; and who was still inside at the end. */
export function totalsOf(tried: Tried): Totals {
  const byReason = new Map<string, Verdict>();
  for (const verdict of Object.values(tried.gate).flat()) {
    const one = byReason.get(verdict.reason);
    byReason.set(verdict.reason, one ? { ...one, count: one.count + verdict.count, people: [...new Set([...one.people, ...verdict.people])] } : verdict);
  }
  const count = (reason: string) => byReason.get(reason)?.count ?? 0;
  const verdicts = [...byReason.values()].sort((one, other) => other.count - one.count);
  const deferred = count("deferred");
  return {
    sends: Object.values(tried.sends).reduce((sum, each) => sum + each, 0),
    goes: count("") + deferred,
    deferred,
    blocked: verdicts.reduce((sum, each) => sum + (goes(each.reason) ? 0 : each.count), 0),
    inside: tried.places.reduce((sum, each) => sum + (each.what === "waiting" ? each.count : 0), 0),
    verdicts,
  };
}

export function goes(reason: string): boolean {
  return reason === "" || reason === "deferred";
}
