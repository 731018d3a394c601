import { Button } from "antd";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useSpeech } from "@/i18n";
import { whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Figure } from "@/ui/Figure";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";

import { Moves } from "./Moves";
import { NeedsHand } from "./NeedsHand";
import { Running } from "./Running";
import { questions, useCount, type Asked } from "./todayApi";

/** What happened today, what needs a hand, what is running; every number opens. */
export function TodayPage() {
  const { t, rich } = useSpeech();
  const { may, path } = useMember();
  const everyone = useCount(questions.everyone);
  const created = useCount(questions.created);
  const active = useCount(questions.active);
  const paid = useCount(questions.paid);
  const open = (condition: Asked) => path(`audiences/new?condition=${encodeURIComponent(JSON.stringify(condition))}`);
  const known = created.data !== undefined && active.data !== undefined;
  const number = (count: number | undefined, condition: Asked) => <Link to={open(condition)}>{whole(count ?? 0)}</Link>;
  const answer = known ? rich("today.answer", { created: number(created.data, questions.created), active: number(active.data, questions.active) }) : t("today.counting");
  if (everyone.data === 0) {
    return (
      <Page title={t("shell.today")}>
        <Panel>
          <Empty title={t("today.startTitle")} hint={t("today.startHint")}>
            {may("imports.write") && (
              <Link to={path("imports")}>
                <Button type="primary" tabIndex={-1}>
                  {t("today.startImport")}
                </Button>
              </Link>
            )}
            {may("webhooks.write") && (
              <Link to={path("settings/tracking")}>
                <Button tabIndex={-1}>{t("today.startTracking")}</Button>
              </Link>
            )}
          </Empty>
        </Panel>
        <Running />
      </Page>
    );
  }
  return (
    <Page title={t("shell.today")} answer={may("audiences.read") ? answer : undefined}>
      {may("audiences.read") && (
        <Panel>
          <div className="figures">
            <Figure label={t("today.everyone")} value={everyone.data ?? null} to={path("customers")} />
            <Figure label={t("today.created")} value={created.data ?? null} to={open(questions.created)} />
            <Figure label={t("today.active")} value={active.data ?? null} to={open(questions.active)} />
            <Figure label={t("today.paid")} value={paid.data ?? null} to={open(questions.paid)} />
          </div>
          <Refused error={everyone.error ?? created.error ?? active.error ?? paid.error} />
        </Panel>
      )}
      <NeedsHand />
      <Running />
      {may("audiences.read") && <Moves />}
    </Page>
  );
}
