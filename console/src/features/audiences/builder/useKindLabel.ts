import { useT } from "@/i18n";

import type { LeafKind } from "../condition";

/** What a kind of condition is called. */
export function useKindLabel(): (kind: LeafKind) => string {
  const t = useT();
  const labels: Record<LeafKind, string> = {
    attribute: t("builder.kindAttribute"),
    tag: t("builder.kindTag"),
    tag_group: t("builder.kindTagGroup"),
    event: t("builder.kindEvent"),
    moment: t("builder.kindMoment"),
    sequence: t("builder.kindSequence"),
    relation: t("builder.kindRelation"),
    has_referred: t("builder.kindHasReferred"),
    referred_by: t("builder.kindReferredBy"),
    dependant: t("builder.kindDependant"),
    audience: t("builder.kindAudience"),
    random: t("builder.kindRandom"),
  };
  return (kind) => labels[kind];
}
