import { useT } from "@/i18n";

import { waysOf, type Graph } from "../graph";
import { useNodeWords } from "../useNodeWords";

/** What a node is called, and how one leaves it, in words. */
export function useOutcomes(graph: Graph) {
  const t = useT();
  const words = useNodeWords();
  const title = (id: string): string => {
    const node = graph.nodes[id];
    if (!node) return id;
    const name = typeof node["name"] === "string" ? node["name"] : "";
    return name || words.saying(node) || words.kindWord(node.kind);
  };
  const outcome = (id: string, what: string): string => {
    const node = graph.nodes[id];
    const way = node && waysOf(node).find((each) => each.outcome === what);
    if (node && way) return words.wayWord(node, way) || t("dryRun.way_next");
    if (what === "exit") return t("dryRun.way_exit");
    if (what.startsWith("exit:")) return t("dryRun.way_exitRule");
    if (what === "goal") return t("dryRun.way_goal");
    return t("dryRun.way_next");
  };
  return { title, outcome, kind: (id: string) => graph.nodes[id]?.kind ?? null };
}
