import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Tabs } from "@/ui/Tabs";

/** Audiences, and the rules that keep tags on them. */
export function AudienceTabs() {
  const t = useT();
  const { path, may } = useMember();
  if (!may("tags.read")) return null;
  return (
    <Tabs
      label={t("audiences.title")}
      items={[
        { to: path("audiences"), label: t("audiences.tabAudiences"), end: true },
        { to: path("audiences/rules"), label: t("audiences.tabRules") },
      ]}
    />
  );
}
