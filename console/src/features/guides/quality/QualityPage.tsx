import { SafetyOutlined } from "@ant-design/icons";
import { Button, Segmented, Select } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { State, type Mood } from "@/ui/State";
import { When } from "@/ui/When";

import { Words } from "../team/Words";
import { AnswerRules } from "./AnswerRules";
import { Chat } from "./Chat";
import { useHits, useLate, type Hit, type Late, type Severity } from "./qualityApi";

const moods: Record<Severity, Mood> = { low: "still", medium: "busy", high: "bad" };
const severities: Severity[] = ["low", "medium", "high"];

/** What was found in archived chats: words nobody should say, customers who wait; and the rules it is found by. */
export function QualityPage() {
  const t = useT();
  const { path } = useMember();
  const [open, setOpen] = useState<{ message: number; hit: Hit | null } | null>(null);
  return (
    <Page title={t("quality.title")} answer={<Answer />} back={{ to: path("team"), label: t("guides.team") }}>
      <Hits onOpen={(hit) => { setOpen({ message: hit.message_id, hit }); }} />
      <Lates onOpen={(late) => { setOpen({ message: late.message_id, hit: null }); }} />
      <AnswerRules />
      <Words heard={false} />
      {open && <Chat message={open.message} hit={open.hit} onClose={() => { setOpen(null); }} />}
    </Page>
  );
}

function Answer() {
  const t = useT();
  const hits = itemsOf(useHits(false, "low")).length;
  const waiting = itemsOf(useLate(true)).length;
  return <>{hits + waiting > 0 ? t("quality.answer", { hits, waiting }) : t("quality.answerNone")}</>;
}

function Hits({ onOpen }: { onOpen: (hit: Hit) => void }) {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const settled = search.get("all") ? null : false;
  const [atLeast, setAtLeast] = useState<Severity>("low");
  const hits = useHits(settled, atLeast);
  const filter = (
    <span className="row wrapping">
      <Select<Severity> size="small" aria-label={t("quality.severity")} value={atLeast} onChange={setAtLeast} options={severities.map((each) => ({ value: each, label: t(`quality.from_${each}`) }))} style={{ width: 130 }} />
      <Segmented<string>
        size="small"
        aria-label={t("common.status")}
        value={settled === null ? "all" : "open"}
        options={[
          { value: "open", label: t("quality.open") },
          { value: "all", label: t("quality.all") },
        ]}
        onChange={(chosen) => { setSearch(chosen === "all" ? { all: "1" } : {}, { replace: true }); }}
      />
    </span>
  );
  return (
    <Panel flush title={t("quality.hits")} extra={filter}>
      <Rows label={t("quality.hits")} query={hits} columns={useHitColumns(onOpen)} rowKey={(each) => each.id} empty={<Empty title={t("quality.noHits")} hint={t("quality.noHitsHint")} icon={<SafetyOutlined />} />} />
    </Panel>
  );
}

function useHitColumns(onOpen: (hit: Hit) => void): Column<Hit>[] {
  const t = useT();
  return [
    {
      key: "said",
      title: t("quality.said"),
      phone: "lead",
      render: (each) => (
        <span className="wrap">
          <span className="quiet">{t(each.by_staff ? "quality.staffSaid" : "quality.customerSaid")}</span> {each.said}
          {each.is_recalled && <span className="faint"> {t("quality.recalled")}</span>}
        </span>
      ),
    },
    { key: "words", title: t("quality.words"), width: 150, phone: "labelled", render: (each) => each.words.join(" · ") },
    { key: "severity", title: t("quality.severity"), width: 110, render: (each) => <State mood={moods[each.severity]}>{t(`quality.severity_${each.severity}`)}</State> },
    { key: "staff", title: t("quality.staff"), width: 110, phone: "labelled", render: (each) => each.staff_name || "—" },
    { key: "customer", title: t("quality.customer"), width: 120, phone: "labelled", render: (each) => <Customer found={each} /> },
    { key: "at", title: t("quality.at"), width: 120, phone: "labelled", render: (each) => <When at={each.at} /> },
    {
      key: "act",
      title: "",
      width: 110,
      render: (each) => (
        <Button size="small" onClick={() => { onOpen(each); }}>{t(each.settled_at ? "quality.settled" : "quality.lookInto")}</Button>
      ),
    },
  ];
}

function Lates({ onOpen }: { onOpen: (late: Late) => void }) {
  const t = useT();
  const [waiting, setWaiting] = useState(false);
  const late = useLate(waiting);
  const filter = (
    <Segmented<string>
      size="small"
      aria-label={t("common.status")}
      value={waiting ? "waiting" : "all"}
      options={[
        { value: "all", label: t("quality.all") },
        { value: "waiting", label: t("quality.waiting") },
      ]}
      onChange={(chosen) => { setWaiting(chosen === "waiting"); }}
    />
  );
  return (
    <Panel flush title={t("quality.late")} note={t("quality.lateNote")} extra={filter}>
      <Rows label={t("quality.late")} query={late} columns={useLateColumns(onOpen)} rowKey={(each) => each.id} empty={<p className="faint" style={{ padding: "8px 16px 16px" }}>{t("quality.noLate")}</p>} />
    </Panel>
  );
}

function useLateColumns(onOpen: (late: Late) => void): Column<Late>[] {
  const t = useT();
  return [
    { key: "said", title: t("quality.asked"), phone: "lead", render: (each) => <span className="wrap">{each.said || t("quality.notText")}</span> },
    { key: "minutes", title: t("quality.waited"), width: 120, number: true, phone: "labelled", render: (each) => t("quality.minutes", { n: each.minutes }) },
    { key: "state", title: t("common.status"), width: 120, render: (each) => <State mood={each.answered_at ? "still" : "bad"}>{t(each.answered_at ? "quality.answered" : "quality.waiting")}</State> },
    { key: "staff", title: t("quality.staff"), width: 110, phone: "labelled", render: (each) => each.staff_name || "—" },
    { key: "customer", title: t("quality.customer"), width: 120, phone: "labelled", render: (each) => <Customer found={each} /> },
    { key: "since", title: t("quality.at"), width: 120, phone: "labelled", render: (each) => <When at={each.since} /> },
    { key: "act", title: "", width: 110, render: (each) => <Button size="small" onClick={() => { onOpen(each); }}>{t("quality.read")}</Button> },
  ];
}

function Customer({ found }: { found: { customer: number; customer_name: string } }) {
  const { path } = useMember();
  if (!found.customer) return <>—</>;
  return <Link to={path(`customers/${String(found.customer)}`)}>{found.customer_name || `#${String(found.customer)}`}</Link>;
}
