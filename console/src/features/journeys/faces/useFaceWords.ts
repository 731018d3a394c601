import { useT } from "@/i18n";

import { useMessageNames } from "../journeysApi";
import { useNodeWords } from "../useNodeWords";
import { weekdays } from "../weekdays";
import type { Line, Saying } from "./lines";

/** The lines of a face as sentences. */
export function useFaceWords() {
  const t = useT();
  const words = useNodeWords();
  const messages = useMessageNames().data;
  const saying = (what: Saying | undefined): string => {
    if (what === undefined) return "";
    if ("task" in what) return t("faces.doesTask", { task: what.task || "…" });
    return t("journeys.sends", { message: messages?.find((each) => each.id === what.message)?.name ?? "…" });
  };
  const weekday = (at: number) => t(weekdays[at] ?? "audiences.weekday0");
  const line = (each: Line) =>
    t(`faces.line_${each.key}`, {
      what: saying(each.what),
      n: each.n ?? 0,
      at: each.at ?? "",
      weekday: each.weekday === undefined ? "" : weekday(each.weekday),
      source: each.source === undefined || each.source === "" ? "…" : each.source,
      events: words.events({ types: each.events ?? [] }),
    });
  return { line, weekday };
}
