import { useT } from "@/i18n";
import { whole } from "@/i18n/format";

import { isObject, type JsonObject } from "../graph";
import { useNodeWords } from "../useNodeWords";

/** What holds at any time, in few words: the goal, the exits, who may enter again, how many. */
export function useRuleWords() {
  const t = useT();
  const words = useNodeWords();
  return (rest: JsonObject, holdout: number): string[] => {
    const goal = isObject(rest["goal"]) ? rest["goal"] : null;
    const cap = isObject(rest["entry_cap"]) ? rest["entry_cap"] : null;
    const exits = Array.isArray(rest["exits"]) ? rest["exits"].length : 0;
    const again = isObject(rest["reentry"]) && rest["reentry"]["again"] === true;
    const most = cap && typeof cap["most"] === "number" ? whole(cap["most"]) : "…";
    return [
      goal && t("faces.goalSaid", { what: words.events(goal["event"]), span: words.span(goal["within"] ?? { amount: 7, unit: "day" }) }),
      exits > 0 && t("faces.exitsN", { n: exits }),
      again && t("faces.againSaid"),
      cap && (isObject(cap["per"]) ? t("faces.capSaid", { per: words.span(cap["per"]), n: most }) : t("faces.capSaidAll", { n: most })),
      holdout > 0 && t("faces.holdoutSaid", { n: holdout }),
    ].filter((each): each is string => typeof each === "string");
  };
}
