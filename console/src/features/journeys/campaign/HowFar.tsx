import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { percent, whole } from "@/i18n/format";
import { Panel } from "@/ui/Panel";
import { State } from "@/ui/State";

import type { Journey } from "../journeysApi";
import { tallyOf, whysOf, type Progress, type Tally } from "./standing";

interface Stage {
  key: "sent" | "sending" | "queued" | "later" | "failed" | "unknown" | "blocked" | "notYet" | "heldOut";
  /** The list of deliveries it opens. */
  view: string | null;
}

const stages: Stage[] = [
  { key: "sent", view: "reached" },
  { key: "sending", view: "waiting" },
  { key: "queued", view: "waiting" },
  { key: "later", view: "waiting" },
  { key: "notYet", view: null },
  { key: "failed", view: "trouble" },
  { key: "unknown", view: "trouble" },
  { key: "blocked", view: "blocked" },
  { key: "heldOut", view: null },
];

/** Everybody chosen as one bar, by where her message is; every number opens the messages. */
export function HowFar({ journey, progress }: { journey: Journey; progress: Progress }) {
  const t = useT();
  const { path, may } = useMember();
  const tally = tallyOf(progress);
  const whys = whysOf(progress);
  const to = (view: string, more: Record<string, string> = {}) => path(`deliveries?${new URLSearchParams({ journey: String(journey.id), view, ...more }).toString()}`);
  const shown = stages.filter((each) => tally[each.key] > 0);
  const all = Math.max(1, shown.reduce((sum, each) => sum + tally[each.key], 0));
  return (
    <div className="how-far">
      <Panel title={t("campaigns.progress")}>
        <div className="stages" role="img" aria-label={shown.map((each) => `${t(`campaigns.${each.key}`)} ${whole(tally[each.key])}`).join(", ")}>
          {shown.map((each) => (
            <span key={each.key} className={each.key} style={{ flexGrow: tally[each.key] }} title={`${t(`campaigns.${each.key}`)} ${whole(tally[each.key])}`} />
          ))}
        </div>
        <ul className="stage-list">
          {shown.map((each) => (
            <li key={each.key}>
              <span className="row">
                <span className={`stage-dot ${each.key}`} aria-hidden />
                <span className="quiet">{t(`campaigns.${each.key}`)}</span>
              </span>
              <span className="row">
                <b className="tabular">{each.view !== null && may("reach.read") ? <Link to={to(each.view)}>{whole(tally[each.key])}</Link> : whole(tally[each.key])}</b>
                <span className="small faint tabular stage-share">{percent(tally[each.key] / all, 1)}</span>
              </span>
            </li>
          ))}
        </ul>
        {progress.outgoing.length > 1 && <ByMessage journey={journey} progress={progress} />}
      </Panel>
      <Panel title={t("campaigns.why")}>
        {whys.length === 0 ? (
          <p className="quiet">{t("campaigns.whyNone")}</p>
        ) : (
          <ul className="stage-list">
            {whys.map((each) => (
              <li key={each.state + each.reason}>
                <span className="wrap">{each.sentence}</span>
                <b className="tabular">{may("reach.read") ? <Link to={to(each.state === "blocked" ? "blocked" : "trouble", { reason: each.reason })}>{whole(each.count)}</Link> : whole(each.count)}</b>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}

function ByMessage({ journey, progress }: { journey: Journey; progress: Progress }) {
  const t = useT();
  const { path } = useMember();
  return (
    <section className="by-message">
      <h3>{t("campaigns.byMessage")}</h3>
      <ul className="stage-list">
        {progress.outgoing.map((each) => {
          const one: Tally = tallyOf({ ...progress, outgoing: [each] });
          return (
            <li key={each.id}>
              <span className="clip">{each.message}</span>
              <span className="row">
                {each.state === "paused" && journey.state === "active" && <State mood="busy">{t("campaigns.state_paused")}</State>}
                <Link className="tabular" to={path(`deliveries?sending=${String(each.id)}&view=reached`)}>{whole(one.sent)} / {whole(one.sent + one.queued + one.later + one.sending)}</Link>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
