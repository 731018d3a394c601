import { Button } from "antd";
import { Link, useParams, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { listed, took, whole } from "@/i18n/format";
import { AnsweredPage } from "@/ui/AnsweredPage";
import { Facts } from "@/ui/Facts";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { When } from "@/ui/When";

import { AudienceActions } from "./AudienceActions";
import { useAudience, useFollowing, useGrowth, useUsers, type Audience } from "./audiencesApi";
import "./builder.css";
import { isCondition } from "./condition";
import { Freshness } from "./Freshness";
import { GrowthPanel } from "./GrowthPanel";
import { localDays } from "./localDays";
import { Members } from "./Members";
import { useScheduleWord } from "./useScheduleWord";
import { WhyDrawer } from "./WhyDrawer";

/** One audience: how many are in, how it moved, who they are or were. The instant and the person asked about stand in the address. */
export function AudiencePage() {
  const t = useT();
  const { path } = useMember();
  const audience = useAudience(Number(useParams()["audienceId"]));
  return (
    <AnsweredPage query={audience} back={{ to: path("audiences"), label: t("audiences.back") }}>
      {(found) => <Found audience={found} />}
    </AnsweredPage>
  );
}

function Found({ audience }: { audience: Audience }) {
  const t = useT();
  const { path } = useMember();
  const [search, setSearch] = useSearchParams();
  useFollowing(audience);
  const at = instantIn(search);
  const why = search.get("why");
  const set = (name: "at" | "why", value: string | null) => {
    setSearch((before) => {
      if (value === null) before.delete(name);
      else before.set(name, value);
      return before;
    }, { replace: true });
  };
  const condition = isCondition(audience.condition) ? audience.condition : null;
  const today = useGrowth(audience.id, localDays(0).first, localDays(0).last).data?.[0];
  const answer = audience.refreshed_at || audience.kind === "static" ? t("audiences.inNowAnswer", { n: whole(audience.count), entered: whole(today?.entered ?? 0), left: whole(today?.left ?? 0) }) : t("audiences.neverRefreshed");
  return (
    <Page title={audience.name} answer={answer} back={{ to: path("audiences"), label: t("audiences.back") }} actions={<AudienceActions audience={audience} />}>
      <div className="builder audience">
        <div className="stack grow">
          {condition && (
            <Panel title={t("audiences.condition")} extra={<ConditionActions audience={audience} onWhy={() => { set("why", ""); }} />}>
              <p className="wrap" style={{ fontSize: 15, lineHeight: "24px" }}>
                {audience.sentence}
              </p>
            </Panel>
          )}
          <GrowthPanel audience={audience} />
          <div className="audience-members">
            <Members audience={audience} at={at} onAt={(instant) => { set("at", instant); }} onWhy={(customer) => { set("why", String(customer)); }} />
          </div>
        </div>
        <div className="builder-side">
          <Panel>
            <State audience={audience} />
          </Panel>
        </div>
      </div>
      {why !== null && (
        <WhyDrawer
          condition={condition}
          audience={audience}
          customer={/^[1-9]\d{0,9}$/.test(why) ? Number(why) : null}
          at={at}
          onCustomer={(customer) => { set("why", customer === null ? "" : String(customer)); }}
          onClose={() => { set("why", null); }}
        />
      )}
    </Page>
  );
}

/** The instant in the address, if it is one. */
function instantIn(search: URLSearchParams): string | null {
  const at = search.get("at");
  return at !== null && !Number.isNaN(Date.parse(at)) ? new Date(at).toISOString() : null;
}

function ConditionActions({ audience, onWhy }: { audience: Audience; onWhy: () => void }) {
  const t = useT();
  const { may, path } = useMember();
  return (
    <span className="row wrapping">
      <Button size="small" onClick={onWhy}>
        {t("audiences.askWhy")}
      </Button>
      {may("audiences.write") && !audience.archived_at && (
        <Link to={path(`audiences/${String(audience.id)}/edit`)}>
          <Button size="small" tabIndex={-1}>
            {t("audiences.edit")}
          </Button>
        </Link>
      )}
    </span>
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
        ...(users.data && users.data.length > 0 ? [{ label: t("audiences.usedBy"), value: listed(users.data) }] : []),
        ...(audience.note ? [{ label: t("audiences.note"), value: audience.note }] : []),
      ]}
    />
  );
}
