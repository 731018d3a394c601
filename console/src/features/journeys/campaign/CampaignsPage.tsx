import { PlusOutlined, SendOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { State, type Mood } from "@/ui/State";
import { When } from "@/ui/When";

import type { JourneyRow } from "../journeysApi";
import { useCampaigns } from "./campaignApi";

/** Everything that was sent to many at once, the newest first. */
export function CampaignsPage() {
  const t = useT();
  const { may, path } = useMember();
  const campaigns = useCampaigns();
  const make = may("journeys.activate") ? (
    <Link to={path("campaigns/new")}>
      <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>{t("journeys.campaignNew")}</Button>
    </Link>
  ) : null;
  const columns: Column<JourneyRow>[] = [
    { key: "name", title: t("common.name"), phone: "lead", render: (each) => <Link to={path(`campaigns/${String(each.id)}`)} className="clip" title={each.name}>{each.name}</Link> },
    { key: "state", title: t("common.status"), width: 180, render: (each) => <Where row={each} /> },
    { key: "at", title: t("campaigns.sentAt"), width: 160, phone: "labelled", render: (each) => <When at={each.next_entry_at ?? each.activated_at} none="—" /> },
  ];
  return (
    <Page title={t("campaigns.title")} answer={t("campaigns.answer")} actions={make}>
      <Panel flush>
        <Rows label={t("campaigns.title")} query={campaigns} columns={columns} rowKey={(each) => each.id} to={(each) => path(`campaigns/${String(each.id)}`)} empty={<Empty title={t("campaigns.emptyTitle")} hint={t("campaigns.emptyHint")} icon={<SendOutlined />}>{make}</Empty>} />
      </Panel>
    </Page>
  );
}

/** What a list can tell of where a campaign stands, without counting its messages. */
function Where({ row }: { row: JourneyRow }) {
  const t = useT();
  const [mood, said]: [Mood, string] =
    row.state === "draft" ? ["still", t("campaigns.state_draft")]
    : row.state === "ended" ? ["still", t("campaigns.state_cancelled")]
    : row.state === "paused" ? ["busy", t("campaigns.state_paused")]
    : row.next_entry_at ? ["busy", t("campaigns.state_scheduled")]
    : ["good", t("campaigns.sent")];
  return (
    <span className="stack" style={{ gap: 0 }}>
      <State mood={mood}>{said}</State>
      {row.trouble && <span className="small harm">{t("journeys.trouble")}</span>}
    </span>
  );
}
