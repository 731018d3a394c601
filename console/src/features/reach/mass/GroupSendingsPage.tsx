import { PlusOutlined, TeamOutlined } from "@ant-design/icons";
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

import { useSendings, type GroupSending } from "./massApi";
import { MassTabs } from "./MassTabs";
import { Says } from "./Says";
import { standingOf } from "./standing";

/** Every message to groups that was sent by hand: how far its owners and groups are. */
export function GroupSendingsPage() {
  const t = useT();
  const { path, may } = useMember();
  const create = may("reach.write") ? (
    <Link to={path("mass/groups/new")}>
      <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>{t("mass.newGroups")}</Button>
    </Link>
  ) : null;
  return (
    <Page title={t("mass.tabGroups")} answer={t("mass.groupsAnswer")} actions={create}>
      <MassTabs />
      <Panel flush>
        <Rows label={t("mass.tabGroups")} query={useSendings()} columns={useColumns()} rowKey={(each) => each.id} to={(each) => path(`mass/groups/${String(each.id)}`)} empty={<Empty title={t("mass.noSendings")} hint={t("mass.noSendingsHint")} icon={<TeamOutlined />}>{create}</Empty>} />
      </Panel>
    </Page>
  );
}

function useColumns(): Column<GroupSending>[] {
  const t = useT();
  return [
    { key: "says", title: t("mass.says"), phone: "lead", render: (each) => <Says text={each.text} otherwise={each.name} attachments={each.attachments} /> },
    { key: "owners", title: t("mass.owners"), width: 90, number: true, phone: "labelled", render: (each) => whole(each.owners) },
    { key: "sent", title: t("mass.sentOfGroups"), width: 140, number: true, phone: "labelled", render: (each) => `${whole(each.outcome["sent"] ?? 0)} / ${whole(each.groups)}` },
    { key: "over", title: t("mass.group_had_others"), width: 120, number: true, phone: "labelled", render: (each) => whole(each.outcome["had_others"] ?? 0) },
    {
      key: "state",
      title: t("common.status"),
      width: 160,
      render: (each) => {
        const standing = standingOf(each);
        return <State mood={standing.mood}>{t(`mass.sending_${standing.name}`)}</State>;
      },
    },
    { key: "at", title: t("mass.leaves"), width: 130, phone: "labelled", render: (each) => <When at={each.at} /> },
  ];
}
