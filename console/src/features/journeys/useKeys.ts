import { useRef } from "react";

import { ENTRY, paste, type Graph, type GraphNode } from "./graph";

interface KeysProps {
  graph: Graph;
  chosen: ReadonlySet<string>;
  editable: boolean;
  onGraph: (graph: Graph) => void;
  onChoose: (ids: ReadonlySet<string>) => void;
  onRemove: () => void;
  onUndo: () => void;
  onRedo: () => void;
}

/** Undo, redo, copy, paste, delete, choose all: as everywhere else. */
export function useKeys({ graph, chosen, editable, onGraph, onChoose, onRemove, onUndo, onRedo }: KeysProps) {
  const copied = useRef<Record<string, GraphNode>>({});
  return (event: React.KeyboardEvent) => {
    if (event.target instanceof HTMLElement && event.target.closest("input, textarea, [contenteditable=true]")) return;
    const act = (run: () => void) => {
      event.preventDefault();
      run();
    };
    const command = event.metaKey || event.ctrlKey;
    const key = event.key.toLowerCase();
    if (command && key === "c") {
      copied.current = Object.fromEntries(Object.entries(graph.nodes).filter(([id]) => chosen.has(id)));
    } else if (!editable) {
      return;
    } else if (command && key === "z") {
      act(event.shiftKey ? onRedo : onUndo);
    } else if (command && key === "y") {
      act(onRedo);
    } else if (command && key === "v" && Object.keys(copied.current).length > 0) {
      act(() => {
        const made = paste(graph, copied.current);
        onGraph(made.graph);
        onChoose(new Set(made.ids));
      });
    } else if (command && key === "a") {
      act(() => { onChoose(new Set(Object.keys(graph.nodes).filter((id) => id !== ENTRY))); });
    } else if (event.key === "Delete" || event.key === "Backspace") {
      act(onRemove);
    }
  };
}
