import { BellOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useState } from "react";
import { useParams } from "react-router";

import { useMember } from "@/api/member";
import { useSpeech, useT } from "@/i18n";
import { minute, whole } from "@/i18n/format";
import { AnsweredPage } from "@/ui/AnsweredPage";
import { Consequence } from "@/ui/Consequence";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Person } from "@/ui/Person";
import { Refused } from "@/ui/Refused";
import { Rows, Table, type Column } from "@/ui/Rows";
import { State, type Mood } from "@/ui/State";
import { When } from "@/ui/When";

import { PhonePreview } from "../PhonePreview";
import "../reach.css";
import "./mass.css";
import { useCancelMass, useMassPeople, useMassTask, useRemind, type MassDetail, type MassPerson, type PersonState } from "./massApi";
import { standings } from "./MassPage";
import { isPlanned } from "./standing";

const moods: Record<PersonState, Mood> = { waiting: "busy", sent: "good", no_friend: "bad", had_others: "bad", not_taken: "bad", never: "still" };
const states = ["waiting", "sent", "no_friend", "had_others", "not_taken", "never"] as const;

/** One mass message: who has still to confirm, and what became of every customer's. */
export function MassTaskPage() {
  const { path } = useMember();
  const t = useT();
  const task = useMassTask(Number(useParams()["taskId"]));
  return (
    <AnsweredPage query={task} back={{ to: path("mass"), label: t("mass.back") }}>
      {(found) => <Inside task={found} />}
    </AnsweredPage>
  );
}

function Inside({ task }: { task: MassDetail }) {
  const t = useT();
  const { path, may, workspace } = useMember();
  const { language } = useSpeech();
  const trouble = language === "zh-CN" ? task.trouble_zh : task.trouble_en;
  const steers = may("reach.write") && (task.state === "open" || task.state === "gathering" || (task.state === "creating" && task.asked_at === null));
  const back = task.kind === "moments" ? { to: path("mass/moments"), label: t("mass.tabMoments") } : task.sending_id !== null ? { to: path(`mass/groups/${String(task.sending_id)}`), label: t("mass.wholeSending") } : { to: path("mass"), label: t("mass.back") };
  return (
    <Page title={task.text.split("\n")[0]?.slice(0, 40) || t("mass.noText")} back={back} answer={<Answer task={task} />} actions={steers && <Steer task={task} />}>
      {trouble && <Notice>{trouble}</Notice>}
      <div className="mass-task">
        <div className="stack" style={{ gap: 20, minWidth: 0 }}>
          <Staff task={task} />
          {task.kind === "groups" ? <Groups task={task} /> : <People task={task} />}
        </div>
        <Panel title={t("mass.message")} note={<State mood={standings[task.state]}>{t(isPlanned(task) ? "mass.sending_planned" : task.kind === "moments" && task.state === "open" ? "mass.waitsPublish" : `mass.state_${task.state}`)}</State>}>
          <PhonePreview channel={task.kind === "moments" ? "moments" : task.kind === "groups" ? "group" : "wecom"} rendered={{ parts: task.parts, subject: "" }} brand={workspace.name} />
        </Panel>
      </div>
    </Page>
  );
}

const said = {
  customers: { open: "mass.saysOpen", over: "mass.saysOver", cancelled: "mass.saysCancelled", gathering: "mass.saysGathering" },
  groups: { open: "mass.groupsOpen", over: "mass.groupsOver", cancelled: "mass.groupsCancelled", gathering: "mass.groupsGathering" },
  moments: { open: "mass.postOpen", over: "mass.postOver", cancelled: "mass.postCancelled", gathering: "mass.postGathering" },
} as const;

function Answer({ task }: { task: MassDetail }) {
  const t = useT();
  const blanks = { n: whole(Math.max(task.members - task.confirmed, 0)), reached: whole(task.reached), people: whole(task.people), at: minute(task.due_at), likes: whole(task.likes), comments: whole(task.comments) };
  const mine = said[task.kind];
  const state = task.state === "creating" ? "gathering" : task.state;
  const notHandedOut = state === "open" && task.members === 0;
  const key = isPlanned(task) ? "mass.planned" : notHandedOut ? "mass.staffNone" : state === "uncertain" ? "mass.state_uncertain" : state === "refused" ? "mass.saysRefused" : mine[state];
  return <span aria-live="polite">{t(key, blanks)}</span>;
}

const sureOf = { customers: "mass.cancelSure", groups: "mass.stopSure", moments: "mass.stopPostSure" } as const;

/** Reminding, as often as the platform lets; and calling off. */
function Steer({ task }: { task: MassDetail }) {
  const t = useT();
  const [sure, setSure] = useState(false);
  const remind = useRemind(task.id);
  const cancel = useCancelMass(task.id);
  const stop = t(task.kind === "moments" ? "mass.stopPost" : "mass.cancel");
  return (
    <div className="stack tight">
      <span className="row wrapping">
        {task.state === "open" && (
          <Button icon={<BellOutlined />} loading={remind.isPending} disabled={task.reminders_left === 0} onClick={() => { remind.mutate(undefined); }}>
            {t(task.kind === "moments" ? "mass.remindPublish" : "mass.remind")}
          </Button>
        )}
        <Button danger onClick={() => { setSure(true); }}>{stop}</Button>
      </span>
      {task.state === "open" && (
        <span className="small faint" role="status">
          {remind.isSuccess && `${t("mass.reminded")} `}
          {task.reminders_left > 0 ? t("mass.remindLeft", { n: task.reminders_left }) : t("mass.remindNone")}
        </span>
      )}
      <Refused error={remind.error} />
      <Consequence open={sure} title={stop} act={stop} harmful busy={cancel.isPending} error={cancel.error} onClose={() => { setSure(false); }} onAct={() => { cancel.mutate(undefined, { onSuccess: () => { setSure(false); } }); }}>
        <p>{t(sureOf[task.kind], { n: whole(task.outcome["waiting"] ?? 0) })}</p>
      </Consequence>
    </div>
  );
}

function Staff({ task }: { task: MassDetail }) {
  const t = useT();
  return (
    <Panel title={t("mass.staff")} note={task.sender || task.kind === "moments" ? undefined : t("mass.senderAny")}>
      {task.staff.length === 0 ? (
        <p className="faint">—</p>
      ) : (
        <ul className="people mass-staff">
          {task.staff.map((each, place) => (
            <li key={each.staff_id ?? `${each.name} ${String(place)}`} className="row apart">
              <span className="strong">{each.name}</span>
              {each.confirmed_at ? (
                <span className="small quiet">
                  {task.kind === "moments" && `${t("mass.likedBy", { likes: whole(each.likes ?? 0), comments: whole(each.comments ?? 0) })} · `}
                  {t(task.kind === "moments" ? "mass.publishedAt" : "mass.confirmedAt")} <When at={each.confirmed_at} />
                </span>
              ) : (
                <State mood="busy">{t(task.kind === "moments" ? "mass.notPublished" : "mass.waitsFor")}</State>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** The groups of one owner, and what became of each. */
function Groups({ task }: { task: MassDetail }) {
  const t = useT();
  const columns: Column<MassDetail["groups"][number]>[] = [
    { key: "name", title: t("mass.group"), phone: "lead", render: (each) => each.name || <span className="faint">{t("mass.groupGone")}</span> },
    { key: "outcome", title: t("mass.outcome"), width: 220, render: (each) => <State mood={moods[each.outcome]}>{t(`mass.group_${each.outcome}`)}</State> },
  ];
  return (
    <Panel flush title={t("mass.groups")}>
      <Table label={t("mass.groups")} columns={columns} rows={task.groups} rowKey={(each) => `${String(each.group_id)} ${each.name}`} />
    </Panel>
  );
}

function People({ task }: { task: MassDetail }) {
  const t = useT();
  const { path } = useMember();
  const [state, setState] = useState<PersonState | "">("");
  const people = useMassPeople(task.id, state === "" ? null : state);
  const columns: Column<MassPerson>[] = [
    { key: "who", title: t("mass.customers"), phone: "lead", render: (each) => (each.customer ? <Person id={each.customer} name={each.name} to={path(`customers/${String(each.customer)}`)} /> : <span className="faint">{t("mass.outOfSight")}</span>) },
    { key: "state", title: t("mass.outcome"), width: 210, render: (each) => <State mood={moods[each.state]}>{t(task.kind === "moments" ? `mass.post_${each.state}` : `mass.person_${each.state}`)}</State> },
    { key: "by", title: t("mass.staffName"), width: 140, phone: "labelled", render: (each) => each.staff_name || "—" },
  ];
  return (
    <Panel
      flush
      title={t("mass.customers")}
      extra={<Select<PersonState | ""> aria-label={t("mass.outcome")} value={state} style={{ width: 190 }} options={[{ value: "", label: t("common.all") }, ...states.filter((each) => (task.outcome[each] ?? 0) > 0).map((each) => ({ value: each, label: `${t(task.kind === "moments" ? `mass.post_${each}` : `mass.person_${each}`)} · ${whole(task.outcome[each] ?? 0)}` }))]} onChange={setState} />}
    >
      <Rows label={t("mass.customers")} query={people} columns={columns} rowKey={(each) => each.id} empty={<p className="faint" style={{ padding: 16 }}>{t("mass.nobody")}</p>} />
    </Panel>
  );
}
