import { NotificationOutlined } from "@ant-design/icons";
import { Select } from "antd";
import { useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { State, type Mood } from "@/ui/State";
import { When } from "@/ui/When";

import { MassTabs } from "./MassTabs";
import { useMassTasks, type MassState, type MassTask } from "./massApi";
import { Says } from "./Says";

export const standings: Record<MassState, Mood> = { gathering: "busy", creating: "busy", uncertain: "busy", open: "busy", over: "good", cancelled: "still", refused: "bad" };
const states = ["gathering", "creating", "uncertain", "open", "over", "cancelled", "refused"] as const;

/** Every mass message as a task of WeCom's: what it says, who sends it, who has confirmed. */
export function MassPage() {
  const t = useT();
  const { path } = useMember();
  const [search, setSearch] = useSearchParams();
  const asked = states.find((each) => each === search.get("state")) ?? null;
  const journey = Number(search.get("journey")) || null;
  const tasks = useMassTasks({ state: asked, journey });
  return (
    <Page title={t("mass.title")} answer={t("mass.answer")} back={journey ? { to: path(`campaigns/${String(journey)}`), label: t("shell.campaigns") } : { to: path("deliveries"), label: t("mass.deliveries") }}>
      {journey === null && <MassTabs />}
      <div className="filters">
        <Select<MassState | "">
          aria-label={t("common.status")}
          value={asked ?? ""}
          style={{ width: 180 }}
          options={[{ value: "", label: t("mass.state_any") }, ...states.map((each) => ({ value: each, label: t(`mass.state_${each}`) }))]}
          onChange={(chosen) => {
            setSearch((before) => {
              if (chosen) before.set("state", chosen);
              else before.delete("state");
              return before;
            }, { replace: true });
          }}
        />
      </div>
      <Panel flush>
        <Rows label={t("mass.title")} query={tasks} columns={useColumns()} rowKey={(each) => each.id} to={(each) => path(`mass/${String(each.id)}`)} empty={<Empty title={t("mass.empty")} hint={t("mass.emptyHint")} icon={<NotificationOutlined />} />} />
      </Panel>
    </Page>
  );
}

function useColumns(): Column<MassTask>[] {
  const t = useT();
  return [
    { key: "says", title: t("mass.says"), phone: "lead", render: (each) => <Says text={each.text} otherwise={t("mass.noText")} attachments={each.attachments} /> },
    { key: "kind", title: t("mass.kind"), width: 110, phone: "hide", render: (each) => t(`mass.kind_${each.kind}`) },
    { key: "sender", title: t("mass.sender"), width: 170, phone: "labelled", render: (each) => each.sender || <span className="faint wrap">{t(each.kind === "moments" ? "mass.senderPosts" : "mass.senderAny")}</span> },
    { key: "confirmed", title: t("mass.confirmed"), width: 140, number: true, phone: "labelled", render: (each) => `${whole(each.confirmed)} / ${whole(each.members)}` },
    { key: "people", title: t("mass.people"), width: 150, number: true, phone: "labelled", render: (each) => `${whole(each.reached)} / ${whole(each.people)}` },
    { key: "state", title: t("common.status"), width: 150, render: (each) => <State mood={standings[each.state]}>{t(`mass.state_${each.state}`)}</State> },
    { key: "at", title: t("mass.at"), width: 120, phone: "labelled", render: (each) => <When at={each.asked_at} none="—" /> },
  ];
}
