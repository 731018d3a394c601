import { useT } from "@/i18n";

import type { Problem } from "../journeysApi";
import { gapsOf, placeOf, type Draft } from "./face";

/** What is wrong at each place of a face: what is still open, once it was tried; what keeps its graph from running. */
export function useWrong(draft: Draft, tried: boolean, problems: Problem[]) {
  const t = useT();
  const gaps = gapsOf(draft);
  const said = new Map<string, string>();
  for (const each of problems) {
    const place = placeOf(draft, each.field);
    if (place && !said.has(place)) said.set(place, each.message);
  }
  const gap = (place: string): string => {
    if (place === "account") return t("journeys.open_account");
    if (place === "whom") return t("faces.open_whom");
    if (place.endsWith(".source")) return t("faces.open_source");
    if (place.endsWith(".at")) return t("faces.open_at");
    const row = draft.face === "sop" ? draft.rows.find((each) => place === `rows.${String(each.key)}`) : undefined;
    return t(row?.does === "task" ? "faces.open_task" : "journeys.open_message");
  };
  return {
    open: gaps.size > 0,
    wrong: (place: string): string | undefined => (tried && gaps.has(place) ? gap(place) : said.get(place)),
    elsewhere: problems.filter((each) => placeOf(draft, each.field) === ""),
  };
}
