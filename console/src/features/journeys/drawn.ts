import { MarkerType, type Edge } from "@xyflow/react";

import { ENTRY, waysOf, type Graph } from "./graph";
import type { NodeCount, Problem } from "./journeysApi";
import { HEIGHT, WIDTH, type Places } from "./layout";
import type { StepData, StepNodeType } from "./StepNode";
import type { NodeWords } from "./useNodeWords";

export interface Drawing {
  graph: Graph;
  places: Places;
  counts: NodeCount[];
  problems: Problem[];
  words: NodeWords;
  entryTitle: string;
  measured: Record<string, { width: number; height: number }>;
  chosen: ReadonlySet<string>;
  /** What holds at any time, in words. */
  rules: string[];
}

/** People by node, whatever version brought them there. */
export function byNode(counts: NodeCount[]): Map<string, NodeCount> {
  const found = new Map<string, NodeCount>();
  for (const each of counts) {
    const id = each.node || ENTRY;
    const before = found.get(id);
    const left = { ...before?.left };
    for (const [outcome, count] of Object.entries(each.left)) left[outcome] = (left[outcome] ?? 0) + count;
    found.set(id, { ...each, came: each.came + (before?.came ?? 0), here: each.here + (before?.here ?? 0), held: each.held + (before?.held ?? 0), left });
  }
  return found;
}

/** Which node a problem is about; the journey as a whole where it is about none. */
export function nodeOf(problem: Problem): string | null {
  // The rules of the whole journey stand in the entry's panel.
  if (/^(entry|start$|exits|goal|reentry)/.test(problem.field)) return ENTRY;
  return /^nodes\.([A-Za-z0-9_-]+)/.exec(problem.field)?.[1] ?? null;
}

export function nodesOf({ graph, places, counts, problems, words, entryTitle, measured, chosen, rules }: Drawing): StepNodeType[] {
  const people = byNode(counts);
  const wrong = new Map<string, string>();
  for (const each of problems) {
    const id = nodeOf(each);
    if (id && !wrong.has(id)) wrong.set(id, each.message);
  }
  const node = (id: string, data: StepData): StepNodeType => ({
    id,
    type: "step",
    position: places[id] ?? { x: 0, y: 0 },
    data,
    selected: chosen.has(id),
    deletable: id !== ENTRY,
    measured: measured[id] ?? { width: WIDTH, height: HEIGHT },
    ariaLabel: `${data.title} ${data.said}`,
  });
  return [
    node(ENTRY, { step: null, title: entryTitle, said: words.enters(graph.entry), ways: [{ place: "next", label: "" }], count: people.get(ENTRY), problem: wrong.get(ENTRY), rules }),
    ...Object.entries(graph.nodes).map(([id, step]) => {
      const name = typeof step["name"] === "string" ? step["name"] : "";
      const ways = waysOf(step).map((way) => ({ place: way.place, label: words.wayWord(step, way) }));
      return node(id, { step, title: name || words.kindWord(step.kind), said: words.saying(step), ways, count: people.get(id), problem: wrong.get(id), rules: [] });
    }),
  ];
}

export function edgesOf({ graph, counts, words }: Drawing, label: (count: number) => string): Edge[] {
  const people = byNode(counts);
  const edge = (from: string, place: string, to: string, said: string): Edge => ({
    id: `${from}>${place}`,
    source: from,
    sourceHandle: place,
    target: to,
    type: "smoothstep",
    label: said,
    markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
  });
  const known = (to: string | null): to is string => to !== null && to in graph.nodes;
  return [
    ...(known(graph.start) ? [edge(ENTRY, "next", graph.start, "")] : []),
    ...Object.entries(graph.nodes).flatMap(([id, step]) =>
      waysOf(step).flatMap((way) => {
        if (!known(way.to)) return [];
        const left = people.get(id)?.left[way.outcome];
        return [edge(id, way.place, way.to, [words.wayWord(step, way), left ? label(left) : ""].filter(Boolean).join(" · "))];
      }),
    ),
  ];
}
