import { BellOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { minute, whole } from "@/i18n/format";
import { AnsweredPage } from "@/ui/AnsweredPage";
import { Consequence } from "@/ui/Consequence";
import { Figure } from "@/ui/Figure";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Table, type Column } from "@/ui/Rows";
import { State } from "@/ui/State";

import { asParts } from "../parts";
import { PhonePreview } from "../PhonePreview";
import "../reach.css";
import "./mass.css";
import { useActOnAll, useSending, type OwnersTask, type SendingDetail } from "./massApi";
import { standings } from "./MassPage";
import { standingOf } from "./standing";

/** A message to groups: how far each owner is, and what became of her groups. */
export function GroupSendingPage() {
  const t = useT();
  const { path } = useMember();
  const sending = useSending(Number(useParams()["sendingId"]));
  const back = { to: path("mass/groups"), label: t("mass.tabGroups") };
  return (
    <AnsweredPage query={sending} back={back}>
      {(found) => <Inside sending={found} back={back} />}
    </AnsweredPage>
  );
}

function Inside({ sending, back }: { sending: SendingDetail; back: { to: string; label: string } }) {
  const t = useT();
  const { may, workspace } = useMember();
  const standing = standingOf(sending);
  return (
    <Page title={sending.text.split("\n")[0]?.slice(0, 40) || sending.name} back={back} answer={<Answer sending={sending} />} actions={may("reach.write") && <Steer sending={sending} />}>
      <div className="mass-task">
        <div className="stack" style={{ gap: 20, minWidth: 0 }}>
          <div className="figures">
            <Figure label={t("mass.group_sent")} value={sending.outcome["sent"] ?? 0} />
            <Figure label={t("mass.group_waiting")} value={sending.outcome["waiting"] ?? 0} />
            <Figure label={t("mass.group_had_others")} value={sending.outcome["had_others"] ?? 0} {...((sending.outcome["had_others"] ?? 0) > 0 ? { note: t("mass.hadOthersNote") } : {})} />
          </div>
          <Owners sending={sending} />
        </div>
        <Panel title={t("mass.message")} note={<State mood={standing.mood}>{t(`mass.sending_${standing.name}`)}</State>}>
          <PhonePreview channel="group" rendered={{ parts: asParts(sending.parts), subject: "" }} brand={workspace.name} />
        </Panel>
      </div>
    </Page>
  );
}

function Answer({ sending }: { sending: SendingDetail }) {
  const t = useT();
  const waiting = sending.tasks.filter((each) => each.state === "open" && each.confirmed === 0).length;
  const blanks = { n: whole(waiting), owners: whole(sending.owners), sent: whole(sending.outcome["sent"] ?? 0), groups: whole(sending.groups), at: minute(sending.at) };
  const said = { planned: "mass.answerPlanned", leaving: "mass.answerLeaving", open: "mass.answerOpen", over: "mass.answerOver", cancelled: "mass.answerCancelled", refused: "mass.answerRefused" } as const;
  return <span aria-live="polite">{t(said[standingOf(sending).name], blanks)}</span>;
}

/** Reminding every owner who has not confirmed, and calling off what has not gone. */
function Steer({ sending }: { sending: SendingDetail }) {
  const t = useT();
  const [sure, setSure] = useState(false);
  const remind = useActOnAll("remind");
  const cancel = useActOnAll("cancel");
  const unconfirmed = sending.tasks.filter((each) => each.state === "open" && each.confirmed === 0 && each.reminders_left > 0);
  const going = sending.tasks.filter((each) => each.state === "open" || each.state === "gathering" || (each.state === "creating" && each.asked_at === null));
  if (going.length === 0) return null;
  return (
    <div className="stack tight">
      <span className="row wrapping">
        {sending.tasks.some((each) => each.state === "open") && (
          <Button icon={<BellOutlined />} disabled={unconfirmed.length === 0} loading={remind.isPending} onClick={() => { remind.mutate(unconfirmed.map((each) => each.id)); }}>
            {t("mass.remindOwners", { n: whole(unconfirmed.length) })}
          </Button>
        )}
        <Button danger onClick={() => { setSure(true); }}>{t("mass.stop")}</Button>
      </span>
      {remind.isSuccess && <span className="small faint" role="status">{t("mass.remindedOwners", { n: whole(remind.data) })}</span>}
      <Refused error={remind.error} />
      <Consequence open={sure} title={t("mass.stop")} act={t("mass.stop")} harmful busy={cancel.isPending} error={cancel.error} onClose={() => { setSure(false); }} onAct={() => { cancel.mutate(going.map((each) => each.id), { onSuccess: () => { setSure(false); } }); }}>
        <p>{t("mass.stopSure", { n: whole(sending.outcome["waiting"] ?? 0) })}</p>
      </Consequence>
    </div>
  );
}

function Owners({ sending }: { sending: SendingDetail }) {
  const t = useT();
  const { path } = useMember();
  const columns: Column<OwnersTask>[] = [
    { key: "owner", title: t("mass.owner"), phone: "lead", render: (each) => <Link to={path(`mass/${String(each.id)}`)}>{each.sender}</Link> },
    { key: "groups", title: t("mass.sentOfGroups"), width: 130, number: true, phone: "labelled", render: (each) => `${whole(each.outcome["sent"] ?? 0)} / ${whole(each.people)}` },
    { key: "over", title: t("mass.group_had_others"), width: 110, number: true, phone: "labelled", render: (each) => whole(each.outcome["had_others"] ?? 0) },
    { key: "confirmed", title: t("mass.confirmedHead"), width: 120, render: (each) => (each.confirmed > 0 ? <State mood="good">{t("mass.confirmedOne")}</State> : each.state === "open" ? <State mood="busy">{t("mass.waitsFor")}</State> : <span className="faint">—</span>) },
    { key: "state", title: t("common.status"), width: 150, render: (each) => <State mood={standings[each.state]}>{t(`mass.state_${each.state}`)}</State> },
  ];
  return (
    <Panel flush title={t("mass.owners")}>
      <Table label={t("mass.owners")} columns={columns} rows={sending.tasks} rowKey={(each) => each.id} to={(each) => path(`mass/${String(each.id)}`)} />
    </Panel>
  );
}
