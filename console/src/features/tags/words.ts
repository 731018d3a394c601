import { createContext, useContext } from "react";

import type { components } from "@/api/schema";
import { useT, type MessageKey } from "@/i18n";

type Kind = components["schemas"]["TagGroupKind"];

export const kindWords: Record<Kind, MessageKey> = {
  follow_up: "tags.kindFollowUp",
  source: "tags.kindSource",
  attribute: "tags.kindAttribute",
  product: "tags.kindProduct",
  content: "tags.kindContent",
  campaign: "tags.kindCampaign",
  other: "tags.kindOther",
};

export const kinds = ["follow_up", "source", "attribute", "product", "content", "campaign", "other"] as const;

export const changeWords: Record<components["schemas"]["TagChangeKind"], MessageKey> = {
  given: "tags.given",
  confirmed: "tags.confirmed",
  removed: "tags.removed",
  withdrawn: "tags.withdrawn",
  expired: "tags.expired",
  displaced: "tags.displaced",
};

/** What the rules of the tag in hand are called, by number. */
export const RuleNames = createContext<ReadonlyMap<number, string>>(new Map());

/** Where a tagging came from, in words: `rule:3` → 规则“爱收藏”, or 规则 #3 where it is gone. */
export function useSourceWords(): (source: string) => string {
  const t = useT();
  const names = useContext(RuleNames);
  return (source) => {
    const [kind, id] = source.split(":");
    if (kind === "rule") {
      const name = names.get(Number(id));
      return name === undefined ? t("tags.fromRule", { id: id ?? "" }) : t("tags.fromRuleNamed", { name });
    }
    if (kind === "import") return t("tags.fromImport", { id: id ?? "" });
    if (kind === "api") return t("tags.fromApi");
    if (kind === "merge") return t("tags.fromMerge");
    if (kind === "expiry") return t("tags.fromExpiry");
    return t("tags.fromManual");
  };
}

/** Who did it: a person by name, else what it was. */
export function useActorWords(): (actor: string, name: string) => string {
  const t = useT();
  return (actor, name) => {
    if (name) return name;
    if (actor.startsWith("key:")) return t("tags.byKey");
    return actor.startsWith("rule:") ? t("tags.byRule") : t("tags.bySystem");
  };
}
