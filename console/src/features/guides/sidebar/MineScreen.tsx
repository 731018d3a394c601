import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { money } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Empty } from "@/ui/Empty";
import { Figure } from "@/ui/Figure";
import { Panel } from "@/ui/Panel";

import { useDay, type Figures } from "../guidesApi";

/** My numbers, today and this month. */
export function MineScreen() {
  const t = useT();
  const { path, user } = useMember();
  const day = useDay();
  return (
    <>
      <h1>{user.name}</h1>
      <Answered query={day}>
        {({ today, month }) =>
          today && month ? (
            <>
              <Numbers title={t("guides.today")} figures={today} />
              <Numbers title={t("guides.thisMonth")} figures={month} />
            </>
          ) : (
            <Empty title={t("guides.notStaff")} hint={t("guides.notStaffHint")} />
          )
        }
      </Answered>
      <p>
        <Link to={path("today")}>{t("guides.toConsole")}</Link>
      </p>
    </>
  );
}

function Numbers({ title, figures }: { title: string; figures: Figures }) {
  const t = useT();
  return (
    <Panel title={title}>
      <div className="figures">
        <Figure label={t("guides.friends")} value={figures.friends} />
        <Figure label={t("guides.newFriends")} value={figures.new_friends} />
        <Figure label={t("guides.lost")} value={figures.deleted_by_customer + figures.deleted_by_staff} />
        <Figure label={t("guides.sales")} value={money(figures.sales_fen)} />
        <Figure label={t("guides.ordersCount")} value={figures.orders} />
        <Figure label={t("guides.tasksDone")} value={`${String(figures.tasks_done)} / ${String(figures.tasks_due)}`} />
      </div>
    </Panel>
  );
}
