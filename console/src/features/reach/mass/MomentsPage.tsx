import { CameraOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { State } from "@/ui/State";
import { When } from "@/ui/When";

import { useMassTasks, type MassTask } from "./massApi";
import { standings } from "./MassPage";
import { MassTabs } from "./MassTabs";
import { Says } from "./Says";
import { isPlanned } from "./standing";

/** Every post: who published it, who can see it, who liked it or said something. */
export function MomentsPage() {
  const t = useT();
  const { path, may } = useMember();
  const create = may("reach.write") ? (
    <Link to={path("mass/moments/new")}>
      <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>{t("mass.newMoment")}</Button>
    </Link>
  ) : null;
  const posts = useMassTasks({ state: null, journey: null, kind: "moments" });
  return (
    <Page title={t("mass.tabMoments")} answer={t("mass.momentsAnswer")} actions={create}>
      <MassTabs />
      <Panel flush>
        <Rows label={t("mass.tabMoments")} query={posts} columns={useColumns()} rowKey={(each) => each.id} to={(each) => path(`mass/${String(each.id)}`)} empty={<Empty title={t("mass.noMoments")} hint={t("mass.noMomentsHint")} icon={<CameraOutlined />}>{create}</Empty>} />
      </Panel>
    </Page>
  );
}

function useColumns(): Column<MassTask>[] {
  const t = useT();
  return [
    { key: "says", title: t("mass.says"), phone: "lead", render: (each) => <Says text={each.text} otherwise={t("mass.noText")} attachments={each.attachments} /> },
    { key: "published", title: t("mass.published"), width: 130, number: true, phone: "labelled", render: (each) => `${whole(each.confirmed)} / ${whole(each.members)}` },
    { key: "seen", title: t("mass.canSee"), width: 130, number: true, phone: "labelled", render: (each) => whole(each.reached) },
    { key: "liked", title: t("mass.liked"), width: 130, number: true, phone: "labelled", render: (each) => `${whole(each.likes)} / ${whole(each.comments)}` },
    { key: "state", title: t("common.status"), width: 150, render: (each) => <State mood={standings[each.state]}>{t(isPlanned(each) ? "mass.sending_planned" : each.state === "open" ? "mass.waitsPublish" : `mass.state_${each.state}`)}</State> },
    { key: "at", title: t("mass.leaves"), width: 130, phone: "labelled", render: (each) => <When at={each.asked_at ?? each.due_at} /> },
  ];
}
