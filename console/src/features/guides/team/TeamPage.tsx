import { Segmented } from "antd";
import { Link, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { listed, money, whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Empty } from "@/ui/Empty";
import { Figure } from "@/ui/Figure";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";

import type { Figures } from "../guidesApi";
import { Board } from "./Board";
import { Goals } from "./Goals";
import { Losses } from "./Losses";
import { useTeam, type Period } from "./teamApi";
import { Words } from "./Words";

/** How the team is doing, live; what is to be looked into first. */
export function TeamPage() {
  const t = useT();
  const { path, may } = useMember();
  const [search, setSearch] = useSearchParams();
  const asked = search.get("period");
  const period: Period = asked === "week" || asked === "month" ? asked : "day";
  const team = useTeam(period);
  return (
    <Page
      title={t("guides.team")}
      answer={team.data && <Answer figures={team.data.items} />}
      actions={
        <>
          <Segmented<Period>
            aria-label={t("guides.period")}
            value={period}
            options={[
              { value: "day", label: t("guides.today") },
              { value: "week", label: t("guides.week") },
              { value: "month", label: t("guides.thisMonth") },
            ]}
            onChange={(chosen) => { setSearch({ period: chosen }, { replace: true }); }}
          />
          {may("chats.read") && <Link to={path("team/chats")}>{t("quality.title")}</Link>}
          {may("transfers.read") && <Link to={path("team/transfers")}>{t("guides.transfers")}</Link>}
          <Link to={path("materials")}>{t("library.title")}</Link>
          <Link to={path("sidebar")}>{t("guides.openSidebar")}</Link>
        </>
      }
    >
      <Answered query={team}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty title={t("guides.nobody")} hint={t("guides.nobodyHint")} />
          ) : (
            <>
              <Sums figures={data.items} />
              <Board figures={data.items} />
            </>
          )
        }
      </Answered>
      <Goals staff={team.data?.items ?? []} />
      <Losses period={period} />
      <Words />
    </Page>
  );
}

function Answer({ figures }: { figures: Figures[] }) {
  const t = useT();
  const alarming = figures.filter((each) => each.alerts.length > 0);
  if (alarming.length === 0) return <>{t("guides.allWell", { n: whole(figures.length) })}</>;
  return <>{t("guides.lookInto", { n: alarming.length, names: listed(alarming.slice(0, 3).map((each) => each.name)) })}</>;
}

function Sums({ figures }: { figures: Figures[] }) {
  const t = useT();
  const sum = (of: (each: Figures) => number) => figures.reduce((all, each) => all + of(each), 0);
  return (
    <Panel>
      <div className="figures">
        <Figure label={t("guides.sales")} value={money(sum((each) => each.sales_fen))} />
        <Figure label={t("guides.ordersCount")} value={sum((each) => each.orders)} />
        <Figure label={t("guides.newFriends")} value={sum((each) => each.new_friends)} />
        <Figure label={t("guides.lost")} value={sum((each) => each.deleted_by_customer + each.deleted_by_staff)} />
        <Figure label={t("guides.tasksDone")} value={`${whole(sum((each) => each.tasks_done))} / ${whole(sum((each) => each.tasks_due))}`} />
      </div>
    </Panel>
  );
}
