import { Dropdown } from "antd";

import { fresh, kinds, type GraphNode, type Kind } from "./graph";
import { icons } from "./StepNode";
import { useNodeWords } from "./useNodeWords";

export interface Adding {
  from: string;
  place: string;
  /** Where the menu opens, on the screen. */
  x: number;
  y: number;
  /** Where the node will stand, on the canvas; null: by layers. */
  at: { x: number; y: number } | null;
}

/** The kinds of nodes, to put one on a way. */
export function AddMenu({ adding, onAdd, onClose }: { adding: Adding | null; onAdd: (node: GraphNode) => void; onClose: () => void }) {
  const items = useKindItems();
  if (!adding) return null;
  return (
    <Dropdown open onOpenChange={(open) => { if (!open) onClose(); }} trigger={["click"]} menu={{ items, autoFocus: true, onClick: ({ key }) => { const kind = kinds.find((each) => each === key); if (kind) onAdd(fresh(kind)); } }}>
      <span aria-hidden style={{ position: "fixed", left: adding.x, top: adding.y, width: 1, height: 1 }} />
    </Dropdown>
  );
}

const ordered: Kind[] = ["action", "wait", "wait_time", "wait_date", "until", "until_audience", "branch", "split", "rate", "goal", "exit"];

export function useKindItems() {
  const words = useNodeWords();
  return ordered.map((kind) => ({ key: kind, label: words.kindWord(kind), icon: icons[kind] }));
}
