import { useT, type MessageKey } from "@/i18n";

import type { Problem } from "./journeysApi";

/** What is most often still open, in the canvas's own words; the rest as the server says it. */
const open: [RegExp, MessageKey][] = [
  [/\.do$/, "journeys.open_action"],
  [/\.audience$/, "journeys.open_audience"],
  [/(^entry|\.event)\.types$/, "journeys.open_event"],
  [/^(entry\.condition|exits\[\d+\]\.when)(\.kind)?$/, "faces.open_condition"],
  [/^start$/, "journeys.open_start"],
  [/^nodes$/, "journeys.open_start"],
  [/\.with\.message$/, "journeys.open_message"],
  [/\.with\.account$/, "journeys.open_account"],
  [/^entry$/, "journeys.open_entry"],
];

export function useProblemWords() {
  const t = useT();
  return (problem: Problem): Problem => {
    const arm = /\.arms\[(\d+)\]$/.exec(problem.field);
    if (arm) return { ...problem, message: t("journeys.open_arm", { n: Number(arm[1]) + 1 }) };
    const key = open.find(([place]) => place.test(problem.field))?.[1];
    return key && isOpen(problem) ? { ...problem, message: t(key) } : problem;
  };
}

/** Nothing was filled in there: no value came, or an empty one. */
function isOpen({ came }: Problem): boolean {
  return came === null || came === undefined || ["", "∅", '""', "null", "[]", "{}", "无", "nothing", "…"].includes(came);
}
