import { LoginOutlined } from "@ant-design/icons";

import { useT } from "@/i18n";

import type { Graph } from "../graph";
import { icons } from "../StepNode";
import { pictured } from "./story";

const DOT = 24;
const ROW = 32;

/** A journey's steps as a small picture, from left to right. */
export function Strip({ graph, wide = false }: { graph: Graph; wide?: boolean }) {
  const t = useT();
  const { dots, lines, width, height } = pictured(graph);
  // As far apart as there is room for; long journeys stand closer.
  const step = Math.min(wide ? 56 : 40, (wide ? 560 : 268) / Math.max(1, width - 1));
  const at = (dot: { x: number; y: number }) => ({ x: dot.x * step + DOT / 2, y: dot.y * ROW + DOT / 2 });
  return (
    <div className="strip" role="img" aria-label={t("faces.steps", { n: dots.length - 1 })} style={{ width: (width - 1) * step + DOT, height: (height - 1) * ROW + DOT }}>
      <svg aria-hidden width="100%" height="100%">
        {lines.map(({ from, to }) => {
          const [one, other] = [at(from), at(to)];
          const middle = (one.x + other.x) / 2;
          return <path key={`${from.id}>${to.id}`} d={`M ${String(one.x)} ${String(one.y)} C ${String(middle)} ${String(one.y)} ${String(middle)} ${String(other.y)} ${String(other.x)} ${String(other.y)}`} />;
        })}
      </svg>
      {dots.map((dot) => {
        const kind = graph.nodes[dot.id]?.kind;
        const { x, y } = at(dot);
        return (
          <span key={dot.id} aria-hidden className={`strip-dot ${kind ?? "entry"}`} style={{ left: x - DOT / 2, top: y - DOT / 2 }}>
            {kind ? icons[kind] : <LoginOutlined />}
          </span>
        );
      })}
    </div>
  );
}
