import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Tabs } from "@/ui/Tabs";

/** What staff confirm in WeCom: to customers, to groups, as posts. */
export function MassTabs() {
  const t = useT();
  const { path } = useMember();
  return (
    <Tabs
      label={t("mass.title")}
      items={[
        { to: path("mass"), label: t("mass.tabAll"), end: true },
        { to: path("mass/groups"), label: t("mass.tabGroups") },
        { to: path("mass/moments"), label: t("mass.tabMoments") },
      ]}
    />
  );
}
