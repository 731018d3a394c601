import { ReloadOutlined, SwapOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Rows, type Column } from "@/ui/Rows";
import { State, type Mood } from "@/ui/State";
import { When } from "@/ui/When";

import { counted, total, useLeavers, useReadLeavers, useTransfers, type Leaver, type Transfer } from "./transfersApi";

export const standing: Record<Transfer["state"], Mood> = { open: "busy", over: "good", refused: "bad", called_off: "still" };

/** Customers and groups that change hands: who left whom behind, and every handover with its end. */
export function TransfersPage() {
  const t = useT();
  const { path, may } = useMember();
  const transfers = useTransfers();
  const begin = may("transfers.write") && (
    <Link to={path("team/transfers/new")}>
      <Button type="primary" icon={<SwapOutlined />}>
        {t("transfers.begin")}
      </Button>
    </Link>
  );
  return (
    <Page title={t("transfers.title")} answer={<Answer />} back={{ to: path("team"), label: t("transfers.team") }} actions={begin}>
      <Leavers />
      <Panel flush title={t("transfers.list")}>
        <Rows
          label={t("transfers.list")}
          query={transfers}
          columns={useColumns()}
          rowKey={(each) => each.id}
          to={(each) => path(`team/transfers/${String(each.id)}`)}
          empty={<Empty title={t("transfers.empty")} hint={t("transfers.emptyHint")} icon={<SwapOutlined />} />}
        />
      </Panel>
    </Page>
  );
}

function Answer() {
  const t = useT();
  const left = itemsOf(useLeavers()).filter((each) => each.unassigned > 0);
  const open = itemsOf(useTransfers()).filter((each) => each.state === "open");
  if (left.length > 0) return <>{t("transfers.answerLeft", { people: left.length, n: left.reduce((sum, each) => sum + each.unassigned, 0) })}</>;
  return <>{open.length > 0 ? t("transfers.answerOpen", { n: open.length }) : t("transfers.answerNone")}</>;
}

function Leavers() {
  const t = useT();
  const { may } = useMember();
  const leavers = useLeavers();
  const read = useReadLeavers();
  const readAt = itemsOf(leavers)[0]?.read_at;
  return (
    <Panel
      flush
      title={t("transfers.leavers")}
      note={read.isSuccess ? t("transfers.reading") : readAt ? <>{t("transfers.leaversNote")} <When at={readAt} /></> : undefined}
      extra={may("transfers.write") && <Button size="small" icon={<ReloadOutlined />} loading={read.isPending} onClick={() => { read.mutate(); }}>{t("transfers.readAgain")}</Button>}
    >
      <Refused error={read.error} />
      <Rows label={t("transfers.leavers")} query={leavers} columns={useLeaverColumns()} rowKey={(each) => `${String(each.staff_id)} ${each.corp_name}`} empty={<p className="faint" style={{ padding: "8px 16px 16px" }}>{t("transfers.noLeavers")}</p>} />
    </Panel>
  );
}

function useLeaverColumns(): Column<Leaver>[] {
  const t = useT();
  const { path, may } = useMember();
  return [
    { key: "who", title: t("transfers.who"), phone: "lead", render: (each) => <span className="strong">{each.name}</span> },
    { key: "left", title: t("transfers.leftAt"), width: 140, phone: "labelled", render: (each) => <When at={each.left_at} none="—" /> },
    { key: "unassigned", title: t("transfers.unassigned"), width: 150, number: true, phone: "labelled", render: (each) => whole(each.unassigned) },
    { key: "groups", title: t("transfers.groups"), width: 100, number: true, phone: "labelled", render: (each) => whole(each.groups) },
    { key: "moving", title: t("transfers.moving"), width: 110, number: true, phone: "labelled", render: (each) => whole(each.moving) },
    {
      key: "act",
      title: "",
      width: 120,
      render: (each) => (may("transfers.write") ? <Link to={path(`team/transfers/new?giver=${String(each.staff_id)}`)}>{t("transfers.giveTo")}</Link> : null),
    },
  ];
}

function useColumns(): Column<Transfer>[] {
  const t = useT();
  return [
    { key: "pair", title: t("transfers.who"), phone: "lead", render: (each) => <span className="strong wrap">{t("transfers.fromTo", { giver: each.giver.name, taker: each.taker.name })}</span> },
    { key: "how", title: t("transfers.how"), width: 130, render: (each) => t(each.is_resigned ? "transfers.resigned" : "transfers.onJob") },
    { key: "customers", title: t("transfers.customers"), width: 130, number: true, phone: "labelled", render: (each) => `${whole(counted(each.customers, "done"))} / ${whole(total(each.customers))}` },
    { key: "groups", title: t("transfers.groups"), width: 110, number: true, phone: "labelled", render: (each) => `${whole(counted(each.groups, "done"))} / ${whole(total(each.groups))}` },
    { key: "state", title: t("common.status"), width: 150, render: (each) => <State mood={standing[each.state]}>{t(`transfers.state_${each.state}`)}</State> },
    { key: "at", title: t("transfers.begun"), width: 130, phone: "labelled", render: (each) => <When at={each.created_at} /> },
  ];
}
