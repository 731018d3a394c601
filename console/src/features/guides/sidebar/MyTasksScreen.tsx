import { Segmented } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { useCalled, useNamesOf } from "@/ui/people";
import { Refused } from "@/ui/Refused";
import { RowsMore } from "@/ui/RowsMore";
import { BlockSkeleton } from "@/ui/Skeleton";
import { When } from "@/ui/When";

import { useFinish, useMyTasks, type JourneyTask } from "../guidesApi";
import { FinishButton } from "./Tasks";

/** All of her tasks from journeys: those to do, and those she did. */
export function MyTasksScreen() {
  const t = useT();
  const { path } = useMember();
  const [done, setDone] = useState(false);
  const tasks = useMyTasks(done);
  const finish = useFinish();
  const found = itemsOf(tasks);
  return (
    <>
      <div className="row apart wrapping">
        <h1>{t("guides.tasks")}</h1>
        <Link to={path("sidebar")}>{t("guides.today")}</Link>
      </div>
      <Segmented<boolean> block aria-label={t("common.status")} value={done} options={[{ value: false, label: t("guides.tasksOpen") }, { value: true, label: t("guides.tasksDoneList") }]} onChange={setDone} />
      <Refused error={tasks.error ?? finish.error} />
      <Panel flush>
        {tasks.data === undefined && !tasks.error && <BlockSkeleton lines={4} />}
        {tasks.data && found.length === 0 && <p className="faint" style={{ padding: 12 }}>{t("guides.noTasks")}</p>}
        <Lines tasks={found} finish={finish} />
        <RowsMore query={tasks} shown={found.length} />
      </Panel>
    </>
  );
}

function Lines({ tasks, finish }: { tasks: JourneyTask[]; finish: ReturnType<typeof useFinish> }) {
  const t = useT();
  const { path } = useMember();
  const called = useCalled();
  const names = useNamesOf(tasks.map((each) => each.customer));
  return (
    <ul className="sidebar-lines">
      {tasks.map((each, place) => (
        <li key={each.id}>
          <span className="grow stack close">
            <span className="wrap">{each.title}</span>
            {each.note && <span className="small quiet wrap">{each.note}</span>}
            <span className="small faint row wrapping">
              <Link to={path(`sidebar/people/${String(each.customer)}`)}>{called(each.customer, names[place])}</Link>
              {each.due_at && !each.done_at && <span>{t("guides.dueAt")} <When at={each.due_at} /></span>}
              {each.done_at && <span>{t("guides.doneAt")} <When at={each.done_at} /></span>}
            </span>
          </span>
          {!each.done_at && <FinishButton busy={finish.isPending && finish.variables === each.id} onPress={() => { finish.mutate(each.id); }} />}
        </li>
      ))}
    </ul>
  );
}
