import { Button } from "antd";
import { Link, useParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { took, whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Facts } from "@/ui/Facts";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { PageSkeleton } from "@/ui/Skeleton";
import { When } from "@/ui/When";

import { AsOf } from "./AsOf";
import { AudienceActions } from "./AudienceActions";
import { useAudience, useGrowth, useUsers, type Audience } from "./audiencesApi";
import "./builder.css";
import { isCondition, everyone } from "./condition";
import { Freshness } from "./Freshness";
import { GrowthPanel } from "./GrowthPanel";
import { localDays } from "./localDays";
import { Members } from "./Members";
import { useSaid } from "./sentenceApi";
import { useScheduleWord } from "./useScheduleWord";

/** One audience: how many are in, how it moved, who they are. */
export function AudiencePage() {
  const audience = useAudience(Number(useParams()["audienceId"]));
  return (
    <Answered query={audience} skeleton={<PageSkeleton />}>
      {(found) => <Found audience={found} />}
    </Answered>
  );
}

function Found({ audience }: { audience: Audience }) {
  const t = useT();
  const { path } = useMember();
  const condition = isCondition(audience.condition) ? audience.condition : null;
  const said = useSaid(condition ?? everyone, condition !== null);
  const today = useGrowth(audience.id, localDays(0).first, localDays(0).last).data?.[0];
  const answer = audience.refreshed_at || audience.kind === "static" ? t("audiences.inNowAnswer", { n: whole(audience.count), entered: whole(today?.entered ?? 0), left: whole(today?.left ?? 0) }) : t("audiences.neverRefreshed");
  return (
    <Page title={audience.name} answer={answer} back={{ to: path("audiences"), label: t("audiences.back") }} actions={<AudienceActions audience={audience} />}>
      <div className="builder">
        <div className="stack grow">
          {condition && (
            <Panel title={t("audiences.condition")} extra={<EditLink audience={audience} />}>
              <p className="wrap" style={{ fontSize: 15, lineHeight: "24px" }}>
                {said.data ?? ""}
              </p>
            </Panel>
          )}
          <GrowthPanel audience={audience} />
          <Members audience={audience} />
        </div>
        <div className="builder-side">
          <Panel>
            <State audience={audience} />
          </Panel>
          <Panel title={t("audiences.asOf")}>
            <AsOf audience={audience} />
          </Panel>
        </div>
      </div>
    </Page>
  );
}

function EditLink({ audience }: { audience: Audience }) {
  const t = useT();
  const { may, path } = useMember();
  if (!may("audiences.write") || audience.archived_at) return null;
  return (
    <Link to={path(`audiences/${String(audience.id)}/edit`)}>
      <Button size="small" tabIndex={-1}>
        {t("audiences.edit")}
      </Button>
    </Link>
  );
}

function State({ audience }: { audience: Audience }) {
  const t = useT();
  const wordOf = useScheduleWord();
  const users = useUsers(audience.id);
  const isLive = audience.kind === "live";
  return (
    <Facts
      items={[
        { label: t("audiences.refreshed"), value: <Freshness audience={audience} /> },
        ...(isLive ? [{ label: t("audiences.schedule"), value: wordOf(audience.schedule, true) }] : [{ label: t("audiences.schedule"), value: t("audiences.static") }]),
        ...(audience.next_change_at ? [{ label: t("audiences.nextChange"), value: <When at={audience.next_change_at} /> }] : []),
        ...(audience.next_refresh_at ? [{ label: t("audiences.nextRefresh"), value: <When at={audience.next_refresh_at} /> }] : []),
        ...(audience.took_ms === null ? [] : [{ label: t("audiences.took"), value: <span className="tabular">{took(audience.took_ms)}</span> }]),
        ...(audience.owner_name ? [{ label: t("audiences.owner"), value: audience.owner_name }] : []),
        ...(users.data && users.data.length > 0 ? [{ label: t("audiences.usedBy"), value: users.data.join("、") }] : []),
        ...(audience.note ? [{ label: t("audiences.note"), value: audience.note }] : []),
      ]}
    />
  );
}
