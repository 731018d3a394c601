import { ExperimentOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";

import { readGraph } from "../graph";
import "../journeys.css";
import { type Journey } from "../journeysApi";
import { OneJourney } from "../OneJourney";
import { Behind, type Opened } from "./Behind";
import "./dryRun.css";
import { useDryRun, type Tried } from "./dryRunApi";
import { OnePerson } from "./OnePerson";
import { Gate, Picture } from "./Picture";
import { StepList } from "./StepList";
import { Totals } from "./Totals";
import { totalsOf } from "./tried";

const DAYS = [7, 30, 90, 365];
const VIEWS = ["picture", "list", "person"] as const;

/** Had this journey been running for the last so many days: before anybody is reached. */
export function DryRunPage() {
  return <OneJourney>{(found) => <Inside key={found.id} journey={found} />}</OneJourney>;
}

function Inside({ journey }: { journey: Journey }) {
  const t = useT();
  const { path } = useMember();
  const [search, setSearch] = useSearchParams();
  const days = DAYS.find((each) => String(each) === search.get("days")) ?? 30;
  const view = VIEWS.find((each) => each === search.get("view")) ?? "picture";
  const tried = useDryRun(journey, days);
  const set = (name: string, value: string) => {
    setSearch((before) => {
      before.set(name, value);
      return before;
    }, { replace: true });
  };
  const canvas = path(`journeys/${String(journey.id)}`);
  return (
    <Page
      title={t("dryRun.title", { name: journey.name })}
      back={{ to: canvas, label: t("dryRun.back") }}
      answer={tried.data && !tried.isFetching ? <Answer tried={tried.data} days={days} /> : t("dryRun.running", { days })}
      actions={
        <span className="row wrapping">
          <Segmented aria-label={t("dryRun.days")} value={days} options={DAYS.map((each) => ({ value: each, label: t("dryRun.lastDays", { n: each }) }))} onChange={(chosen) => { set("days", String(chosen)); }} />
          <Button loading={tried.isFetching} onClick={() => void tried.refetch()}>{t("dryRun.again")}</Button>
        </span>
      }
    >
      <Segmented aria-label={t("dryRun.view")} value={view} options={VIEWS.map((each) => ({ value: each, label: t(`dryRun.view_${each}`) }))} onChange={(chosen) => { set("view", chosen); }} style={{ alignSelf: "flex-start" }} />
      {tried.error && !tried.isFetching && (
        <div className="stack tight">
          <Refused error={tried.error} />
          <p className="quiet">{t("dryRun.unfinished")} <Link to={canvas}>{t("dryRun.back")}</Link></p>
        </div>
      )}
      {view === "person" && !tried.error && <OnePerson journey={journey} days={days} />}
      {view !== "person" && !tried.data && !tried.error && <Panel><BlockSkeleton lines={10} /></Panel>}
      {view !== "person" && tried.data && <Found journey={journey} tried={tried.data} days={days} view={view} />}
    </Page>
  );
}

function Answer({ tried, days }: { tried: Tried; days: number }) {
  const t = useT();
  const { sends, goes } = totalsOf(tried);
  const entered = tried.entered - tried.held_out;
  if (tried.came === 0) return t("dryRun.answerNobody", { days });
  return t(sends > 0 ? "dryRun.answer" : "dryRun.answerNoSends", { days, entered: whole(entered), sends: whole(sends), goes: whole(goes) });
}

function Found({ journey, tried, days, view }: { journey: Journey; tried: Tried; days: number; view: "picture" | "list" }) {
  const t = useT();
  const { path } = useMember();
  const [opened, setOpened] = useState<Opened | null>(null);
  const graph = readGraph(journey.graph);
  const uninvited = graph.entry["kind"] === "manual" || graph.entry["kind"] === "api";
  if (tried.came === 0) {
    return (
      <Panel>
        <Empty title={t("dryRun.emptyTitle", { days })} hint={t(uninvited ? "dryRun.noPast" : "dryRun.emptyHint")} icon={<ExperimentOutlined />}>
          <Link to={path(`journeys/${String(journey.id)}`)}>
            <Button tabIndex={-1}>{t("dryRun.back")}</Button>
          </Link>
        </Empty>
      </Panel>
    );
  }
  return (
    <>
      <Totals tried={tried} onOpen={setOpened} />
      {view === "picture" ? <Picture graph={graph} tried={tried} onOpen={setOpened} /> : <StepList graph={graph} tried={tried} onOpen={setOpened} />}
      {view === "list" && Object.keys(tried.gate).length > 0 && <Gate tried={tried} onOpen={setOpened} />}
      <Notice>
        {t("dryRun.safe")} {t("dryRun.draftOnly")} {t("dryRun.countsEntries")}
        {tried.judged > 0 && tried.judged < totalsOf(tried).sends && ` ${t("dryRun.gateSome", { n: whole(tried.judged) })}`}
        {tried.coarsest_seconds > 3600 && ` ${t("dryRun.coarse", { span: t("journeys.unit_hour", { n: Math.round(tried.coarsest_seconds / 3600) }) })}`}
      </Notice>
      <Behind opened={opened} onClose={() => { setOpened(null); }} />
    </>
  );
}
