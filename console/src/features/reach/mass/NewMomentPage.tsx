import type { UseQueryResult } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { minute, timeZone, whole } from "@/i18n/format";
import { Consequence } from "@/ui/Consequence";
import { Figure } from "@/ui/Figure";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";
import { useDebounced } from "@/ui/useDebounced";

import { useKit, type KitChannel } from "../messagesApi";
import "../reach.css";
import { Cap } from "./Cap";
import "./mass.css";
import { useActiveCorps, useMomentPreview, usePostMoment, type MomentPlanned } from "./massApi";
import { useSaid } from "./saying";
import { SaidOnPhone, SayingPanel } from "./SayingPanel";
import { SendWhen } from "./SendWhen";
import { WhoPosts, type Aim } from "./WhoPosts";

/** A post by hand: who publishes it, who sees it, what it shows; how its publishers stand is seen before. */
export function NewMomentPage() {
  const t = useT();
  const { path } = useMember();
  const kit = useKit();
  const channel = kit.data?.channels.find((each) => each.name === "moments");
  return (
    <Page title={t("mass.newMoment")} answer={t("mass.newMomentAnswer")} back={{ to: path("mass/moments"), label: t("mass.tabMoments") }}>
      <Refused error={kit.error} onRetry={() => void kit.refetch()} />
      {kit.isPending && <BlockSkeleton lines={6} />}
      {channel && <Inside channel={channel} />}
    </Page>
  );
}

function Inside({ channel }: { channel: KitChannel }) {
  const t = useT();
  const { path, may } = useMember();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [aim, setAim] = useState<Aim>({ corp_id: null, staff: [], departments: [], stores: [], tags: [] });
  const [when, setWhen] = useState<{ later: boolean; at: string | null }>({ later: false, at: null });
  const [sure, setSure] = useState(false);
  const saying = useSaid(channel, Number(search.get("message")) || null);
  const at = when.later ? when.at : null;
  const asked = { ...aim, message_id: saying.known, at };
  const settled = useDebounced(asked, 250);
  const corps = useActiveCorps(may("wecom.read"));
  const connected = !may("wecom.read") || (corps.data?.items ?? []).some((each) => each.state === "active");
  const preview = useMomentPreview(connected ? settled : null);
  const post = usePostMoment();
  const found = preview.data;
  const still = JSON.stringify(asked) === JSON.stringify(settled) && !preview.isFetching && preview.error === null;
  const ready = still && saying.ready && (found?.staff ?? 0) > 0 && (!when.later || when.at !== null);
  const act = t("mass.postBy", { n: whole(found?.staff ?? 0) });
  const go = async () => {
    const message_id = await saying.keep("moments");
    const made = await post.mutateAsync({ ...asked, message_id });
    void navigate(path(made.task === null ? "mass/moments" : `mass/${String(made.task)}`));
  };
  const blanks = { n: whole(found?.staff ?? 0), people: whole(found?.people ?? 0) };
  return (
    <div className="mass-new">
      <div className="stack" style={{ gap: 20, minWidth: 0 }}>
        <WhoPosts aim={aim} onChange={setAim} />
        <SayingPanel saying={saying} channels={["moments"]} />
        <SendWhen when={when} onChange={setWhen} />
      </div>
      <aside className="message-side">
        <Panel title={t("mass.ahead")}>
          {corps.data && !connected ? <p className="quiet">{t("mass.notConnected")} <Link to={path("wecom")}>{t("mass.toWecom")}</Link></p> : <Ahead preview={preview} at={at} hasTags={aim.tags.length > 0} />}
          {may("reach.write") && (
            <Button type="primary" block disabled={!ready} onClick={() => { post.reset(); setSure(true); }} style={{ marginTop: 16 }}>
              {found && found.staff > 0 ? act : t("mass.postBySome")}
            </Button>
          )}
        </Panel>
        <SaidOnPhone saying={saying} channel="moments" />
      </aside>
      <Consequence open={sure} title={t("mass.sureMoment")} act={act} busy={saying.busy || post.isPending} error={saying.error ?? post.error} onClose={() => { setSure(false); }} onAct={() => { go().catch(() => undefined); }}>
        <p>{at === null ? t("mass.sureMomentNow", blanks) : t("mass.sureMomentAt", { ...blanks, at: `${minute(at)} (${timeZone()})` })}</p>
        <p className="quiet">{t("mass.sureStop")}</p>
        {post.error && saying.known !== null && <p><Link to={path(`messages/${String(saying.known)}`)}>{t("mass.openMessage")}</Link></p>}
      </Consequence>
    </div>
  );
}

/** Who would publish it and who could see it; who cannot publish, with the reason. */
function Ahead({ preview, at, hasTags }: { preview: UseQueryResult<MomentPlanned>; at: string | null; hasTags: boolean }) {
  const t = useT();
  if (preview.error) return <Refused error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <BlockSkeleton lines={4} />;
  const found = preview.data;
  const late = at === null ? new Date(found.at).getTime() - preview.dataUpdatedAt > 60_000 : found.at > at;
  const reasons = [...new Set(found.left_out.map((each) => each.why))];
  return (
    <div className="stack" aria-live="polite" aria-busy={preview.isFetching}>
      <div className="figures">
        <Figure label={t("mass.postersGo")} value={found.staff} note={t("mass.eachPublishes")} />
        <Figure label={t("mass.mayBeSeen")} value={found.people} note={t(hasTags ? "mass.seenWithTags" : "mass.seenByAll")} />
      </div>
      {late && <Notice>{t("mass.putOff", { at: minute(found.at) })}</Notice>}
      {found.caps.length > 0 && (
        <p className="row wrapping small quiet">
          {found.caps.map((cap) => (
            <Cap key={cap.sentence} cap={cap} thing="staff" />
          ))}
        </p>
      )}
      {reasons.length > 0 && (
        <section className="stack tight">
          <h3>{t("mass.cannotPost")}</h3>
          <ul className="stack tight small">
            {reasons.map((why) => {
              const names = found.left_out.filter((each) => each.why === why).map((each) => each.name);
              return (
                <li key={why}>
                  <span>{why}</span> <span className="faint">{names.slice(0, 8).join("、")}{names.length > 8 ? ` … ${whole(names.length)}` : ""}</span>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </div>
  );
}
