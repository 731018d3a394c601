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

/** Where a tagging came from, in words: `rule:3` → 规则 #3. */
export function useSourceWords(): (source: string) => string {
  const t = useT();
  return (source) => {
    const [kind, id] = source.split(":");
    if (kind === "rule") return t("tags.fromRule", { id: id ?? "" });
    if (kind === "import") return t("tags.fromImport", { id: id ?? "" });
    if (kind === "api") return t("tags.fromApi");
    if (kind === "merge") return t("tags.fromMerge");
    if (kind === "expiry") return t("tags.fromExpiry");
    return t("tags.fromManual");
  };
}
