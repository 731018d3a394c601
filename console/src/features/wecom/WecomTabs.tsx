import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Tabs } from "@/ui/Tabs";

/** The connection, and what the platform lets through it. */
export function WecomTabs() {
  const t = useT();
  const { path } = useMember();
  return <Tabs label={t("wecom.title")} items={[{ to: path("wecom"), label: t("limits.tabConnection"), end: true }, { to: path("wecom/limits"), label: t("limits.title") }]} />;
}
