import { Button } from "antd";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Copyable } from "@/ui/Copyable";
import { Facts } from "@/ui/Facts";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { State } from "@/ui/State";

import { Findings } from "./Findings";
import { useLook, useTurnCorp, type Corp } from "./wecomApi";

const moods = { draft: "busy", active: "good", paused: "still" } as const;

/** One corp: how it stands, the address to enter there, and a look at everything that must be right. */
export function CorpPanel({ corp, onEdit }: { corp: Corp; onEdit: () => void }) {
  const t = useT();
  const { may, path } = useMember();
  const look = useLook(corp.id);
  const acts = (
    <span className="row wrapping">
      {may("reach.read") && <Link to={path(`wecom/${String(corp.id)}/welcome`)}>{t("mass.welcome")}</Link>}
      {may("wecom.write") && (
        <>
          <Turn corp={corp} />
          <Button size="small" onClick={onEdit}>
            {t("wecom.edit")}
          </Button>
        </>
      )}
    </span>
  );
  return (
    <Panel title={corp.name} note={<State mood={moods[corp.state]}>{t(`wecom.state_${corp.state}`)}</State>} extra={acts}>
      <div className="stack">
        <Facts
          items={[
            { label: t("wecom.corpId"), value: <code>{corp.corp_id}</code> },
            { label: t("wecom.agentId"), value: <code>{corp.agent_id}</code> },
          ]}
        />
        <section className="stack tight">
          <h3>{t("wecom.callbackUrl")}</h3>
          <p className="quiet">{t("wecom.callbackUrlHint")}</p>
          <Copyable label={t("wecom.callbackUrl")} text={corp.callback_url} />
        </section>
        <section className="stack tight">
          <h3>{t("wecom.entrance")}</h3>
          <p className="quiet">{t("wecom.entranceHint", { domain: corp.trusted_domain })}</p>
          <Copyable label={t("wecom.entrance")} text={corp.entrance_url} />
        </section>
        {may("wecom.write") && (
          <section className="stack tight">
            <p className="quiet">{look.isPending ? t("wecom.looking") : t("wecom.lookHint")}</p>
            <div>
              <Button type={corp.state === "draft" ? "primary" : "default"} loading={look.isPending} onClick={() => { look.mutate(); }}>
                {t(look.data ? "wecom.lookAgain" : "wecom.look")}
              </Button>
            </div>
            <Refused error={look.error} />
            {look.data && <Findings findings={look.data.findings} />}
          </section>
        )}
      </div>
    </Panel>
  );
}

function Turn({ corp }: { corp: Corp }) {
  const t = useT();
  const turn = useTurnCorp(corp.id);
  const on = corp.state === "active";
  return (
    <Button size="small" loading={turn.isPending} onClick={() => { turn.mutate(on ? "paused" : "active"); }}>
      {t(on ? "wecom.pause" : corp.state === "paused" ? "wecom.resume" : "wecom.activate")}
    </Button>
  );
}
