import { Button, Select } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";

import type { components } from "@/api/schema";
import { useT, type MessageKey } from "@/i18n";
import { whole } from "@/i18n/format";
import { Consequence } from "@/ui/Consequence";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Progress } from "@/ui/Progress";
import { Rows, type Column } from "@/ui/Rows";
import { State, type Mood } from "@/ui/State";
import { When } from "@/ui/When";

import { useCancelJob, useJobs } from "./settingsApi";

type Job = components["schemas"]["JobOut"];
type JobState = components["schemas"]["JobState"];

const states: Record<JobState, { word: MessageKey; mood: Mood }> = {
  waiting: { word: "settings.jobWaiting", mood: "still" },
  running: { word: "settings.jobRunning", mood: "busy" },
  done: { word: "settings.jobDone", mood: "good" },
  failed: { word: "settings.jobFailed", mood: "bad" },
  cancelled: { word: "settings.jobCancelled", mood: "still" },
};
const order = ["waiting", "running", "done", "failed", "cancelled"] as const;

/** What runs in the background, how far it is, how it ended. */
export function JobsPage() {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const state = order.find((each) => each === search.get("state")) ?? null;
  const jobs = useJobs(state);
  const [cancelling, setCancelling] = useState<Job | null>(null);
  return (
    <Page title={t("settings.jobs")} answer={t("settings.jobsAnswer")}>
      <div className="filters">
        <Select
          aria-label={t("settings.jobState")}
          style={{ width: 160 }}
          value={state ?? "all"}
          options={[{ value: "all", label: t("settings.jobAllStates") }, ...order.map((each) => ({ value: each, label: t(states[each].word) }))]}
          onChange={(chosen) => { setSearch(chosen === "all" ? {} : { state: chosen }, { replace: true }); }}
        />
      </div>
      <Panel flush>
        <Rows label={t("settings.jobs")} query={jobs} columns={useColumns(setCancelling)} rowKey={(each) => each.id} empty={<Empty title={t("settings.jobsEmptyTitle")} hint={t("settings.jobsEmptyHint")} />} />
      </Panel>
      {cancelling && <Cancel job={cancelling} onClose={() => { setCancelling(null); }} />}
    </Page>
  );
}

function Cancel({ job, onClose }: { job: Job; onClose: () => void }) {
  const t = useT();
  const cancel = useCancelJob();
  return (
    <Consequence
      open
      harmful
      title={t("settings.jobCancelTitle", { name: job.label })}
      act={t("settings.jobCancelTitle", { name: job.label })}
      busy={cancel.isPending}
      error={cancel.error}
      onAct={() => { cancel.mutate(job.id, { onSuccess: onClose }); }}
      onClose={onClose}
    >
      <p>{t("settings.jobCancelHint")}</p>
    </Consequence>
  );
}

function useColumns(onCancel: (job: Job) => void): Column<Job>[] {
  const t = useT();
  return [
    {
      key: "what",
      title: t("settings.jobWhat"),
      phone: "lead",
      render: (each) => (
        <span className="stack" style={{ gap: 2 }}>
          <span className="wrap">{each.label}</span>
          {each.said && <span className={each.state === "failed" ? "small harm wrap" : "small quiet wrap"}>{each.said}</span>}
        </span>
      ),
    },
    { key: "state", title: t("settings.jobState"), width: 140, render: (each) => <State mood={states[each.state].mood}>{t(states[each.state].word)}</State> },
    {
      key: "progress",
      title: t("settings.jobProgress"),
      width: 220,
      render: (each) => (each.state === "running" ? <Progress done={each.done} total={each.total} since={each.started_at} /> : <span className="tabular faint">{each.done > 1 ? whole(each.done) : ""}</span>),
    },
    { key: "when", title: t("settings.jobStarted"), width: 140, render: (each) => <When at={each.started_at ?? each.created_at} /> },
    {
      key: "cancel",
      title: "",
      width: 104,
      number: true,
      render: (each) =>
        each.state === "waiting" || each.state === "running" ? (
          <Button size="small" onClick={() => { onCancel(each); }} aria-label={`${t("settings.jobCancel")}: ${each.label}`}>
            {t("settings.jobCancel")}
          </Button>
        ) : null,
    },
  ];
}
