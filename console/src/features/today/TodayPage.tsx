import { useT } from "@/i18n";
import { Page } from "@/ui/Page";

export function TodayPage() {
  const t = useT();
  return <Page title={t("shell.today")}>{null}</Page>;
}
