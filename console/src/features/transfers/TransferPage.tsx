import { Button, Select } from "antd";
import { useState } from "react";
import { useParams } from "react-router";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { AnsweredPage } from "@/ui/AnsweredPage";
import { Consequence } from "@/ui/Consequence";
import { Facts } from "@/ui/Facts";
import { Figure } from "@/ui/Figure";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Person } from "@/ui/Person";
import { Rows, type Column } from "@/ui/Rows";
import { State, type Mood } from "@/ui/State";
import { When } from "@/ui/When";

import { standing } from "./TransfersPage";
import { counted, total, useCancelTransfer, useGroupHandovers, useHandovers, useTransfer, type GroupHandover, type Handover, type HandoverState, type Transfer } from "./transfersApi";

const moods: Record<HandoverState, Mood> = { waiting: "still", asked: "busy", begun: "busy", done: "good", refused: "bad", full: "bad", not_taken: "bad", lapsed: "bad", called_off: "still" };
const states = ["waiting", "asked", "begun", "done", "refused", "full", "not_taken", "lapsed", "called_off"] as const;

/** One handover: how far it is, and what became of everybody. */
export function TransferPage() {
  const t = useT();
  const { path } = useMember();
  const transfer = useTransfer(Number(useParams()["transferId"]));
  return (
    <AnsweredPage query={transfer} back={{ to: path("team/transfers"), label: t("transfers.back") }}>
      {(found) => <Inside transfer={found} />}
    </AnsweredPage>
  );
}

function Inside({ transfer }: { transfer: Transfer }) {
  const t = useT();
  const { path, may } = useMember();
  const waiting = counted(transfer.customers, "waiting");
  const groupsWaiting = counted(transfer.groups, "waiting");
  return (
    <Page
      title={t("transfers.fromTo", { giver: transfer.giver.name, taker: transfer.taker.name })}
      back={{ to: path("team/transfers"), label: t("transfers.back") }}
      answer={<Answer transfer={transfer} />}
      actions={may("transfers.write") && waiting + groupsWaiting > 0 && <Cancel id={transfer.id} waiting={waiting} groups={groupsWaiting} />}
    >
      {transfer.trouble && <Notice>{transfer.trouble}</Notice>}
      <Panel>
        <div className="stack">
          <div className="figures">
            <Figure label={t("transfers.handover_done")} value={counted(transfer.customers, "done")} />
            <Figure label={t("transfers.handover_begun")} value={counted(transfer.customers, "begun", "asked")} />
            <Figure label={t("transfers.handover_waiting")} value={waiting} />
            <Figure label={t("transfers.handover_refused")} value={counted(transfer.customers, "refused")} />
            <Figure label={t("transfers.handover_not_taken")} value={counted(transfer.customers, "not_taken", "full", "lapsed")} />
            {total(transfer.groups) > 0 && <Figure label={t("transfers.groups")} value={`${whole(counted(transfer.groups, "done"))} / ${whole(total(transfer.groups))}`} />}
          </div>
          <Facts
            items={[
              { label: t("common.status"), value: <State mood={standing[transfer.state]}>{t(`transfers.state_${transfer.state}`)}</State> },
              { label: t("transfers.how"), value: t(transfer.is_resigned ? "transfers.resigned" : "transfers.onJob") },
              { label: t("transfers.begun"), value: <When at={transfer.created_at} /> },
              ...(transfer.message ? [{ label: t("transfers.messageSaid"), value: transfer.message }] : []),
            ]}
          />
          {transfer.codes.map((each) => (
            <p key={each.code} className="quiet">{t("transfers.refusedSome", { n: whole(each.count), why: each.why })}</p>
          ))}
        </div>
      </Panel>
      {total(transfer.customers) > 0 && <Customers transfer={transfer} />}
      {total(transfer.groups) > 0 && <Groups transfer={transfer} />}
    </Page>
  );
}

function Answer({ transfer }: { transfer: Transfer }) {
  const t = useT();
  const { customers, taker } = transfer;
  const refused = counted(customers, "refused");
  const open = counted(customers, "waiting", "asked", "begun") > 0;
  const blanks = { done: whole(counted(customers, "done")), begun: whole(counted(customers, "begun", "asked")), waiting: whole(counted(customers, "waiting")), taker: taker.name };
  return (
    <span aria-live="polite">
      {t(open ? "transfers.saysOpen" : "transfers.saysDone", blanks)}
      {refused > 0 && ` ${t("transfers.saysRefused", { n: refused })}`}
    </span>
  );
}

function Cancel({ id, waiting, groups }: { id: number; waiting: number; groups: number }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const cancel = useCancelTransfer(id);
  return (
    <>
      <Button danger onClick={() => { setOpen(true); }}>{t("transfers.cancel")}</Button>
      <Consequence open={open} title={t("transfers.cancel")} act={t("transfers.cancel")} harmful busy={cancel.isPending} error={cancel.error} onClose={() => { setOpen(false); }} onAct={() => { cancel.mutate(undefined, { onSuccess: () => { setOpen(false); } }); }}>
        <p>{t("transfers.cancelSure", { n: waiting, groups })}</p>
      </Consequence>
    </>
  );
}

function Customers({ transfer }: { transfer: Transfer }) {
  const t = useT();
  const { path } = useMember();
  const [state, setState] = useState<HandoverState | "">("");
  const rows = useHandovers(transfer.id, state === "" ? null : state, transfer.state === "open");
  const shown = states.filter((each) => (transfer.customers[each] ?? 0) > 0);
  const columns: Column<Handover>[] = [
    { key: "who", title: t("transfers.customers"), phone: "lead", render: (each) => (each.customer ? <Person id={each.customer} name={each.name} to={path(`customers/${String(each.customer)}`)} /> : <span className="faint">{t("transfers.outOfSight")}</span>) },
    { key: "state", title: t("transfers.what"), width: "40%", render: (each) => <What state={each.state} why={each.why} /> },
    { key: "at", title: t("transfers.at"), width: 190, phone: "labelled", render: (each) => (each.state === "begun" ? <span>{t("transfers.takesOver")} <When at={each.takeover_at} none="—" /></span> : <When at={each.ended_at} none="—" />) },
  ];
  return (
    <Panel
      flush
      title={t("transfers.customers")}
      extra={<Select<HandoverState | ""> aria-label={t("transfers.what")} value={state} style={{ width: 200 }} options={[{ value: "", label: t("common.all") }, ...shown.map((each) => ({ value: each, label: `${t(`transfers.handover_${each}`)} · ${whole(transfer.customers[each] ?? 0)}` }))]} onChange={setState} />}
    >
      <Rows label={t("transfers.customers")} query={rows} columns={columns} rowKey={(each) => each.id} empty={<p className="faint" style={{ padding: 16 }}>{t("transfers.nobody")}</p>} />
    </Panel>
  );
}

function Groups({ transfer }: { transfer: Transfer }) {
  const t = useT();
  const rows = useGroupHandovers(transfer.id, transfer.state === "open");
  const columns: Column<GroupHandover>[] = [
    { key: "name", title: t("transfers.groups"), phone: "lead", render: (each) => each.name },
    { key: "state", title: t("transfers.what"), width: "40%", render: (each) => <What state={each.state} why={each.why} /> },
    { key: "at", title: t("transfers.at"), width: 190, phone: "labelled", render: (each) => <When at={each.ended_at} none="—" /> },
  ];
  if (rows.data && itemsOf(rows).length === 0) return null;
  return (
    <Panel flush title={t("transfers.groups")}>
      <Rows label={t("transfers.groups")} query={rows} columns={columns} rowKey={(each) => each.id} empty={null} />
    </Panel>
  );
}

function What({ state, why }: { state: HandoverState; why: string }) {
  const t = useT();
  return (
    <span className="stack" style={{ gap: 0 }}>
      <State mood={moods[state]}>{t(`transfers.handover_${state}`)}</State>
      {why && <span className="small faint wrap">{why}</span>}
    </span>
  );
}
