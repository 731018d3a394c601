import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Tabs } from "@/ui/Tabs";

/** The codes, and the channels they stand in. */
export function AcquisitionTabs() {
  const t = useT();
  const { path } = useMember();
  return (
    <Tabs
      label={t("acquisition.section")}
      items={[
        { to: path("codes"), label: t("acquisition.codes"), end: true },
        { to: path("codes/channels"), label: t("acquisition.channels") },
      ]}
    />
  );
}
