import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { useCalled } from "@/ui/people";
import { Answered } from "@/ui/Answered";
import { Avatar } from "@/ui/Avatar";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";

import { useDay, useDue, useMet } from "../guidesApi";
import { currentContact, isInWeCom } from "../wecom";
import { Confirmations } from "./Confirmations";
import { Tasks } from "./Tasks";

/** The day: whoever is in front first; else what is to be done, and who is due. */
export function TodayScreen() {
  const t = useT();
  const { path } = useMember();
  const [search] = useSearchParams();
  const named = search.get("external_userid");
  const contact = useQuery({ queryKey: ["wecom", "contact"], queryFn: currentContact, enabled: named === null && isInWeCom() && search.get("day") === null, staleTime: 0, gcTime: 0 });
  const external = named ?? contact.data ?? null;
  const met = useMet(external);
  if (met.data) return <Navigate to={path(`sidebar/people/${String(met.data.customer_id)}`)} replace />;
  return (
    <>
      <h1>{t("guides.today")}</h1>
      {external !== null && <Refused error={met.error} onRetry={() => void met.refetch()} />}
      <Confirmations />
      <DayTasks />
      <DuePeople />
    </>
  );
}

function DayTasks() {
  const t = useT();
  const { path } = useMember();
  const day = useDay();
  return (
    <Panel flush title={t("guides.tasks")} extra={<Link className="small" to={path("sidebar/tasks")}>{t("guides.allTasks")}</Link>}>
      <Answered query={day}>{(data) => (data.tasks.length > 0 ? <Tasks tasks={data.tasks} withName /> : <p className="faint" style={{ padding: "8px 12px 12px" }}>{t("guides.noTasks")}</p>)}</Answered>
    </Panel>
  );
}

function DuePeople() {
  const t = useT();
  const { path } = useMember();
  const called = useCalled();
  const due = useDue();
  return (
    <Panel flush title={t("guides.due")} note={t("guides.dueNote")}>
      <Answered query={due}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty title={t("guides.noneDue")} hint={t("guides.noneDueHint")} />
          ) : (
            <ul className="sidebar-lines">
              {data.items.map((each) => (
                <li key={each.customer_id}>
                  <Avatar name={called(each.customer_id, each.name)} seed={each.customer_id} size={36} />
                  <Link className="grow" to={path(`sidebar/people/${String(each.customer_id)}`)}>
                    <span className="strong">{called(each.customer_id, each.name)}</span>
                    {each.reasons.slice(0, 2).map((reason) => (
                      <span key={reason.said} className="small quiet wrap" style={{ display: "block" }}>{reason.said}</span>
                    ))}
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}
