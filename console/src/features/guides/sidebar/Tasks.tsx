import { CheckOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { useCalled } from "@/ui/people";
import { Refused } from "@/ui/Refused";
import { When } from "@/ui/When";

import { useFinish, type Task } from "../guidesApi";

/** What is to be done; done with one press. */
export function Tasks({ tasks, withName = false }: { tasks: Task[]; withName?: boolean }) {
  const t = useT();
  const { path } = useMember();
  const called = useCalled();
  const finish = useFinish();
  return (
    <>
      <Refused error={finish.error} />
      <ul className="sidebar-lines">
        {tasks.map((each) => (
          <li key={each.id}>
            <span className="grow stack close">
              <span className="wrap">{each.title}</span>
              {each.note && <span className="small quiet wrap">{each.note}</span>}
              <span className="small faint row wrapping">
                {withName && <Link to={path(`sidebar/people/${String(each.customer_id)}`)}>{called(each.customer_id, each.customer_name)}</Link>}
                {each.due_at && <span>{t("guides.dueAt")} <When at={each.due_at} /></span>}
              </span>
            </span>
            <FinishButton busy={finish.isPending && finish.variables === each.id} onPress={() => { finish.mutate(each.id); }} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Says that something is done, for whoever may. */
export function FinishButton({ busy, onPress }: { busy: boolean; onPress: () => void }) {
  const t = useT();
  const { may } = useMember();
  if (!may("customers.write")) return null;
  return (
    <Button icon={<CheckOutlined />} loading={busy} onClick={onPress}>
      {t("guides.done")}
    </Button>
  );
}
