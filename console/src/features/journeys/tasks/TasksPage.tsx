import { CheckOutlined, CheckSquareOutlined } from "@ant-design/icons";
import { Button, Segmented, Select } from "antd";
import { Link, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { useCalled, useNamesOf } from "@/ui/people";
import { Person } from "@/ui/Person";
import { Refused } from "@/ui/Refused";
import { Rows, type Column } from "@/ui/Rows";
import { When } from "@/ui/When";

import { useJourneyNames, useVocabulary } from "../journeysApi";
import { useFinishTask, useTasks, type Task } from "./tasksApi";

/** What journeys ask colleagues to do for somebody; done with one press. */
export function TasksPage() {
  const t = useT();
  const { path, may } = useMember();
  const oversees = may("journeys.read");
  const [search, setSearch] = useSearchParams();
  const done = search.get("done") === "1";
  const journey = Number(search.get("journey")) || null;
  const journeys = useJourneyNames(oversees).data ?? [];
  const tasks = useTasks({ done, journey });
  const finish = useFinishTask();
  const set = (name: string, value: string) => {
    setSearch((before) => {
      if (value) before.set(name, value);
      else before.delete(name);
      return before;
    }, { replace: true });
  };
  return (
    <Page title={t("faces.tasks")} answer={t("faces.tasksAnswer")} back={oversees ? { to: path("journeys"), label: t("journeys.title") } : { to: path("sidebar"), label: t("shell.sidebar") }}>
      <div className="filters">
        <Segmented aria-label={t("common.status")} value={done ? "1" : ""} options={[{ value: "", label: t("faces.tasksOpen") }, { value: "1", label: t("faces.tasksDone") }]} onChange={(chosen) => { set("done", chosen); }} />
        {oversees && <Select<number | null> aria-label={t("faces.taskJourney")} placeholder={t("faces.taskJourney")} allowClear value={journey} showSearch={{ optionFilterProp: "label" }} options={journeys.map((each) => ({ value: each.id, label: each.name }))} onChange={(chosen) => { set("journey", chosen ? String(chosen) : ""); }} style={{ width: 220 }} />}
      </div>
      <Refused error={finish.error} />
      <Panel flush>
        <Rows
          label={t("faces.tasks")}
          query={tasks}
          rowKey={(each) => each.id}
          columns={useColumns(itemsOf(tasks), finish)}
          empty={<Empty title={t("faces.tasksNone")} {...(done ? {} : { hint: t("faces.tasksNoneHint") })} icon={<CheckSquareOutlined />} />}
        />
      </Panel>
    </Page>
  );
}

function useColumns(tasks: Task[], finish: ReturnType<typeof useFinishTask>): Column<Task>[] {
  const t = useT();
  const { path, may } = useMember();
  const called = useCalled();
  const names = useNamesOf(tasks.map((each) => each.customer));
  const oversees = may("journeys.read");
  const journeys = useJourneyNames(oversees).data;
  const staff = useVocabulary(oversees).data?.staff;
  const nameOf = (task: Task) => names[tasks.indexOf(task)];
  const others: Column<Task>[] = [
    { key: "staff", title: t("faces.taskBy"), width: 120, phone: "labelled", render: (each) => (each.staff === 0 ? <span className="faint">{t("faces.taskAnybody")}</span> : (staff?.find((other) => other.id === each.staff)?.name ?? "…")) },
    { key: "journey", title: t("faces.taskJourney"), width: 170, phone: "labelled", render: (each) => <Link to={path(`journeys/${String(each.journey_id)}`)} className="clip">{journeys?.find((other) => other.id === each.journey_id)?.name ?? "…"}</Link> },
  ];
  return [
    {
      key: "title",
      title: t("faces.taskTitle"),
      phone: "lead",
      render: (each) => (
        <span className="stack" style={{ gap: 0 }}>
          <span className="wrap">{each.title}</span>
          {each.note && <span className="small faint wrap">{each.note}</span>}
        </span>
      ),
    },
    { key: "customer", title: t("faces.taskFor"), width: 190, render: (each) => <Person id={each.customer} name={called(each.customer, nameOf(each))} to={path(`customers/${String(each.customer)}`)} /> },
    ...(oversees ? others : []),
    { key: "due", title: t("faces.taskDue"), width: 120, phone: "labelled", render: (each) => <When at={each.due_at} none="—" /> },
    {
      key: "act",
      title: t("common.status"),
      width: 120,
      render: (each) =>
        each.done_at ? (
          <When at={each.done_at} />
        ) : may("customers.write") ? (
          <Button size="small" icon={<CheckOutlined />} loading={finish.isPending && finish.variables === each.id} onClick={() => { finish.mutate(each.id); }}>{t("faces.taskDone")}</Button>
        ) : null,
    },
  ];
}
