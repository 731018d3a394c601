import { useT } from "@/i18n";
import { State } from "@/ui/State";
import { When } from "@/ui/When";

import type { Audience } from "./audiencesApi";

/** How fresh the membership is, or what keeps it from being so. */
export function Freshness({ audience }: { audience: Audience }) {
  const t = useT();
  if (audience.trouble) return <State mood="bad">{t("audiences.trouble", { code: audience.trouble })}</State>;
  if (audience.is_refreshing) return <State mood="busy">{t("audiences.refreshing")}</State>;
  return <When at={audience.refreshed_at ?? (audience.kind === "static" ? audience.changed_at : null)} none={t("audiences.neverRefreshed")} />;
}
