import { Background, Controls, MiniMap, ReactFlow, ReactFlowProvider, useReactFlow, type Connection, type Edge, type NodeChange, type ReactFlowInstance } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { useMemo, useState } from "react";

import { useT } from "@/i18n";
import { large } from "@/i18n/format";
import { useAppearance } from "@/ui/appearance";
import { useNarrow } from "@/ui/useNarrow";

import { AddMenu, type Adding } from "./AddMenu";
import { edgesOf, nodesOf } from "./drawn";
import { connect, ENTRY, insertOn, withNode, without, type Graph, type GraphNode } from "./graph";
import type { NodeCount, Problem } from "./journeysApi";
import { laidOut, placesOf, WIDTH } from "./layout";
import { useRuleWords } from "./rules/useRuleWords";
import { StepNode, type StepNodeType } from "./StepNode";
import { useKeys } from "./useKeys";
import { useNodeWords } from "./useNodeWords";

const nodeTypes = { step: StepNode };

interface CanvasProps {
  graph: Graph;
  counts: NodeCount[];
  problems: Problem[];
  editable: boolean;
  chosen: ReadonlySet<string>;
  /** The share left alone, where it is to be said. */
  holdout?: number;
  onChoose: (ids: ReadonlySet<string>) => void;
  onGraph: (graph: Graph) => void;
  onUndo: () => void;
  onRedo: () => void;
}

/** The journey as a picture that can be drawn in. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Inside {...props} />
    </ReactFlowProvider>
  );
}

function Inside({ graph, counts, problems, editable, chosen, holdout = 0, onChoose, onGraph, onUndo, onRedo }: CanvasProps) {
  const t = useT();
  const words = useNodeWords();
  const narrow = useNarrow();
  const { appearance } = useAppearance();
  const flow = useReactFlow();
  const [moving, setMoving] = useState<Record<string, { x: number; y: number }>>({});
  const [measured, setMeasured] = useState<Record<string, { width: number; height: number }>>({});
  const [edgeChosen, setEdgeChosen] = useState<string | null>(null);
  const [adding, setAdding] = useState<Adding | null>(null);
  const places = useMemo(() => ({ ...placesOf(graph), ...moving }), [graph, moving]);
  const drawing = { graph, places, counts, problems, words, entryTitle: t("journeys.entry"), measured, chosen, rules: useRuleWords()(graph.rest, holdout) };
  const edges: Edge[] = edgesOf(drawing, large).map((each) => ({ ...each, selected: each.id === edgeChosen }));

  const changed = (changes: NodeChange<StepNodeType>[]) => {
    const picked = new Set(chosen);
    const dropped: Record<string, { x: number; y: number }> = {};
    for (const change of changes) {
      if (change.type === "dimensions" && change.dimensions) {
        const { dimensions, id } = change;
        setMeasured((before) => ({ ...before, [id]: dimensions }));
      } else if (change.type === "position" && change.position) {
        const { position, id } = change;
        if (change.dragging) setMoving((before) => ({ ...before, [id]: position }));
        else dropped[id] = { x: Math.round(position.x), y: Math.round(position.y) };
      } else if (change.type === "select") {
        if (change.selected) picked.add(change.id);
        else picked.delete(change.id);
      }
    }
    if (changes.some((each) => each.type === "select")) onChoose(picked);
    if (Object.keys(dropped).length > 0) {
      setMoving({});
      onGraph(placed(graph, dropped));
    }
  };
  const remove = () => {
    if (edgeChosen !== null && chosen.size === 0) {
      const [from = "", place = ""] = edgeChosen.split(">");
      onGraph(connect(graph, from, place, null));
      setEdgeChosen(null);
      return;
    }
    const gone = new Set([...chosen].filter((id) => id !== ENTRY));
    if (gone.size === 0) return;
    onGraph(without(graph, gone));
    onChoose(new Set());
  };
  const add = (node: GraphNode) => {
    if (!adding) return;
    const { graph: next, id } = insertOn(graph, adding.from, adding.place, node);
    const made = next.nodes[id];
    onGraph(made && adding.at ? withNode(next, id, { ...made, position: adding.at }) : next);
    onChoose(new Set([id]));
    setAdding(null);
  };
  const keys = useKeys({ graph, chosen, editable, onGraph, onChoose, onRemove: remove, onUndo, onRedo });
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- shortcuts for what the nodes inside are focused for
    <div className="canvas" onKeyDown={keys}>
      <ReactFlow
        nodes={nodesOf(drawing)}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={appearance === "dark" ? "dark" : "light"}
        onNodesChange={changed}
        onEdgeClick={(_, edge) => { setEdgeChosen(edge.id); onChoose(new Set()); }}
        onPaneClick={() => { setEdgeChosen(null); setAdding(null); }}
        onConnect={(made: Connection) => { if (made.source !== made.target) onGraph(connect(graph, made.source, made.sourceHandle ?? "next", made.target)); }}
        onConnectEnd={(event, made) => {
          if (made.toNode || !made.fromNode || made.fromHandle?.type !== "source" || !("clientX" in event)) return;
          const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
          setAdding({ from: made.fromNode.id, place: made.fromHandle.id ?? "next", x: event.clientX, y: event.clientY, at: { x: Math.round(at.x - 116), y: Math.round(at.y) } });
        }}
        onEdgeDoubleClick={(event, edge) => { if (editable) setAdding({ from: edge.source, place: edge.sourceHandle ?? "next", x: event.clientX, y: event.clientY, at: null }); }}
        nodesDraggable={editable}
        nodesConnectable={editable}
        elementsSelectable
        deleteKeyCode={null}
        multiSelectionKeyCode={["Meta", "Control", "Shift"]}
        onInit={(made) => { void begin(made, places[ENTRY] ?? { x: 0, y: 0 }); }}
        minZoom={0.15}
        maxZoom={1.6}
        proOptions={{ hideAttribution: true }}
        ariaLabelConfig={{ "controls.ariaLabel": t("journeys.zoom"), "controls.zoomIn.ariaLabel": t("journeys.zoomIn"), "controls.zoomOut.ariaLabel": t("journeys.zoomOut"), "controls.fitView.ariaLabel": t("journeys.fit"), "minimap.ariaLabel": t("journeys.map") }}
      >
        <Background gap={20} />
        <Controls showInteractive={false} position="bottom-left" />
        {!narrow && Object.keys(graph.nodes).length > 12 && <MiniMap pannable zoomable position="bottom-right" nodeStrokeWidth={0} />}
      </ReactFlow>
      <AddMenu adding={adding} onAdd={add} onClose={() => { setAdding(null); }} />
    </div>
  );
}

const READABLE = 0.7;

/** All of it, as long as it can be read; else from the entry on. */
async function begin(flow: ReactFlowInstance<StepNodeType>, entry: { x: number; y: number }): Promise<void> {
  await flow.fitView({ padding: 0.12, maxZoom: 1 });
  if (flow.getZoom() >= READABLE) return;
  const box = document.querySelector(".canvas")?.getBoundingClientRect();
  await flow.setViewport({ x: (box?.width ?? 800) / 2 - (entry.x + WIDTH / 2) * 0.85, y: 24 - entry.y * 0.85, zoom: 0.85 });
}

function placed(graph: Graph, places: Record<string, { x: number; y: number }>): Graph {
  let next = graph;
  for (const [id, position] of Object.entries(places)) {
    const node = next.nodes[id];
    if (node) next = withNode(next, id, { ...node, position });
  }
  return next;
}

/** Every node where the layers put it. */
export function arranged(graph: Graph): Graph {
  return placed(graph, laidOut(graph));
}
