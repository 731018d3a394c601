import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { minute, whole } from "@/i18n/format";
import { Notice } from "@/ui/Notice";

import type { Journey } from "../journeysApi";
import { lateOf, openOf, tallyOf, type Progress } from "./standing";

/** Why it does not move as it should, and where to mend it. */
export function Troubles({ journey, progress }: { journey: Journey; progress: Progress }) {
  const t = useT();
  const { path, may } = useMember();
  if (journey.state !== "active" || (openOf(tallyOf(progress)) === 0 && progress.health.held === 0)) return null;
  const channels = may("reach.read") ? <Link to={path("channels")}>{t("campaigns.toChannels")}</Link> : null;
  const resting = progress.outgoing.filter((each) => each.account_state === "paused" || each.rests_until);
  return (
    <>
      {resting.map((each) => (
        <Notice key={each.id} extra={channels}>
          {each.account_state === "paused" ? t("campaigns.accountPaused", { name: each.account }) : t("campaigns.accountRests", { name: each.account, at: minute(each.rests_until ?? ""), why: each.account_trouble })}
        </Notice>
      ))}
      {progress.outgoing.filter((each) => each.state === "paused").map((each) => (
        <Notice key={each.id}>{t("campaigns.sendingPaused", { name: each.message })}</Notice>
      ))}
      {lateOf(progress) > 0 && resting.length === 0 && <Notice extra={channels}>{t("campaigns.lateHint")}</Notice>}
      {progress.health.held > 0 && <Notice extra={<Link to={path(`journeys/${String(journey.id)}`)}>{t("campaigns.canvas")}</Link>}>{t("campaigns.held", { n: whole(progress.health.held) })}</Notice>}
    </>
  );
}
