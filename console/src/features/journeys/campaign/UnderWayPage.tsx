import { Link, useParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { minute, relative, whole } from "@/i18n/format";
import { AnsweredPage } from "@/ui/AnsweredPage";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";

import { useEffectOf } from "../effect/effectApi";
import { EffectReport, useVerdict } from "../effect/EffectReport";
import "../journeys.css";
import { useJourney, type Journey } from "../journeysApi";
import { Ahead } from "./Ahead";
import "./campaign.css";
import { useHasMass, useProgress } from "./campaignApi";
import { Chosen } from "./Chosen";
import { HowFar } from "./HowFar";
import { lateOf, nextOf, openOf, paceOf, standingOf, tallyOf, type Progress, type Standing } from "./standing";
import { StopActions } from "./StopActions";
import { Troubles } from "./Troubles";

/** A campaign on its way and what came of it: before, while and after it is sent. */
export function UnderWayPage() {
  const t = useT();
  const { path } = useMember();
  const journey = useJourney(Number(useParams()["journeyId"]));
  return (
    <AnsweredPage query={journey} back={{ to: path("campaigns"), label: t("campaigns.back") }}>
      {(found) => <Inside key={found.id} journey={found} />}
    </AnsweredPage>
  );
}

const STILL: Standing[] = ["draft", "done", "missed", "cancelled"];

function Inside({ journey }: { journey: Journey }) {
  const t = useT();
  const { path, may } = useMember();
  const progress = useProgress(journey.id, (each) => !STILL.includes(standingOf(journey, each)));
  const found = progress.data;
  const answer = useAnswer();
  const begun = found !== undefined && found.entered > 0;
  const effect = useEffectOf(journey.id, begun);
  const verdict = useVerdict();
  const hasMass = useHasMass(journey.id, begun && may("reach.read"));
  return (
    <Page
      title={journey.name}
      back={{ to: path("campaigns"), label: t("campaigns.back") }}
      answer={found && <span aria-live="polite">{answer(journey, found)}</span>}
      actions={
        <>
          {found && <StopActions journey={journey} progress={found} />}
          {hasMass.data && <Link to={path(`mass?journey=${String(journey.id)}`)}>{t("mass.ofCampaign")}</Link>}
          <Link to={path(`journeys/${String(journey.id)}`)}>{t("campaigns.canvas")}</Link>
        </>
      }
    >
      {!found && (progress.error ? <Refused error={progress.error} onRetry={() => void progress.refetch()} /> : <Panel><BlockSkeleton lines={8} /></Panel>)}
      {found && <Troubles journey={journey} progress={found} />}
      {found && tallyOf(found).meant > 0 && <HowFar journey={journey} progress={found} />}
      <div className="how-far">
        <Chosen journey={journey} />
        {found && standingOf(journey, found) === "scheduled" && <Ahead journey={journey} />}
      </div>
      {begun && effect.data && (
        <>
          <div className="stack close">
            <h2>{t("campaigns.result")}</h2>
            <p className="quiet">{verdict(effect.data)}</p>
          </div>
          <EffectReport journey={journey} effect={effect.data} />
        </>
      )}
      {begun && effect.error && <Refused error={effect.error} />}
    </Page>
  );
}

/** Where it stands, in one sentence. */
export function useAnswer(): (journey: Journey, progress: Progress) => string {
  const t = useT();
  return (journey, progress) => {
    const tally = tallyOf(progress);
    const standing = standingOf(journey, progress);
    const { rate, left } = paceOf(progress);
    const at = progress.next_entry_at ?? null;
    const trouble = tally.failed + tally.unknown;
    switch (standing) {
      case "scheduled":
        return t("campaigns.is_scheduled", { at: at ? minute(at) : "", left: at ? relative(at) : "" });
      case "entering":
        return t("campaigns.is_entering", { n: whole(tally.meant) });
      case "gate":
        return t("campaigns.is_gate", { n: whole(tally.notYet) });
      case "sending": {
        const blanks = { sent: whole(tally.sent), all: whole(tally.sent + openOf(tally) - tally.notYet) };
        return rate > 0 && left !== null && left > 5 ? t("campaigns.is_sending", { ...blanks, rate: whole(rate), left: lasting(left, t) }) : t("campaigns.is_sendingSoon", blanks);
      }
      case "waiting":
        return t("campaigns.is_waiting", { n: whole(tally.later), at: minute(nextOf(progress) ?? new Date().toISOString()) });
      case "stuck":
        return t("campaigns.is_stuck", { n: whole(lateOf(progress)) });
      case "done":
        return trouble > 0 ? t("campaigns.is_doneTrouble", { sent: whole(tally.sent), trouble: whole(trouble) }) : t("campaigns.is_done", { sent: whole(tally.sent), blocked: whole(tally.blocked) });
      case "paused":
        return tally.meant === 0 && journey.next_entry_at ? t("campaigns.is_pausedScheduled", { at: minute(journey.next_entry_at) }) : t("campaigns.is_paused", { n: whole(openOf(tally)) });
      case "cancelled":
        return t("campaigns.is_cancelled", { sent: whole(tally.sent) });
      default:
        return t(`campaigns.is_${standing}`);
    }
  };
}

function lasting(seconds: number, t: ReturnType<typeof useT>): string {
  return seconds < 3600 ? t("common.minutes", { n: Math.max(1, Math.ceil(seconds / 60)) }) : t("common.hours", { n: Math.ceil(seconds / 3600) });
}
