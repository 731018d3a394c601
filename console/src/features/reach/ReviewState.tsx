import { useT } from "@/i18n";
import { State } from "@/ui/State";

import type { Version } from "./messagesApi";

/** Whether a second pair of eyes saw it. */
export function ReviewState({ review }: { review: Version["review"] }) {
  const t = useT();
  switch (review) {
    case "asked":
      return <State mood="busy">{t("messages.reviewAsked")}</State>;
    case "approved":
      return <State mood="good">{t("messages.reviewApproved")}</State>;
    case "rejected":
      return <State mood="bad">{t("messages.reviewRejected")}</State>;
    default:
      return <State mood="still">{t("messages.reviewNone")}</State>;
  }
}
