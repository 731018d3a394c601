import { useT } from "@/i18n";

import { isObject, text, type Graph, type GraphNode } from "../graph";
import { icons } from "../StepNode";
import { useNodeWords } from "../useNodeWords";
import { told } from "./story";

/** A journey step by step in words; each way of a fork below it, set in. */
export function Story({ graph, words = {} }: { graph: Graph; words?: Record<string, string> }) {
  const t = useT();
  const say = useNodeWords();
  return (
    <ol className="told">
      {told(graph).map(({ id, depth, way, again }, place) => {
        const node = graph.nodes[id];
        if (!node) return null;
        const from = way && graph.nodes[way.from];
        const lead = from && way ? say.wayWord(from, way.way) : "";
        const copy = again ? undefined : words[copyOf(node)];
        return (
          <li key={`${id}-${String(place)}`} className={node.kind === "action" ? "does" : undefined} style={{ paddingInlineStart: depth * 22 }}>
            <span className="told-mark" aria-hidden>{icons[node.kind]}</span>
            <div className="grow">
              {lead && <span className="quiet">{t("faces.told", { way: lead })}</span>}
              {again ? <span className="faint">{t("faces.toldAgain", { what: say.saying(node) })}</span> : say.saying(node)}
              {copy && <p className="told-words">{copy}</p>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function copyOf(node: GraphNode): string {
  const given = isObject(node["with"]) ? node["with"] : {};
  return isObject(given["message"]) ? text(given["message"]["copy"]) : "";
}
