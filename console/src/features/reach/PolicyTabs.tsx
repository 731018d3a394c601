import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Tabs } from "@/ui/Tabs";

/** What holds for everybody, and whom never. */
export function PolicyTabs() {
  const t = useT();
  const { path } = useMember();
  return <Tabs label={t("reach.policy")} items={[{ to: path("policy"), label: t("reach.promises"), end: true }, { to: path("policy/suppressions"), label: t("reach.suppressions") }]} />;
}
