import { Button, Input, Segmented } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { minute, timeZone, whole } from "@/i18n/format";
import { BrandTime } from "@/ui/BrandTime";
import { Consequence } from "@/ui/Consequence";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";

import { Labelled } from "../fields";
import "../journeys.css";
import { useAccountNames, useMessageNames } from "../journeysApi";
import "./campaign.css";
import { useGate, useSendCampaign, type SendCampaign } from "./campaignApi";
import { GatePanel } from "./GatePanel";
import { MeasureFields, measured, type Measure } from "./MeasureFields";
import { WhomWhat } from "./WhomWhat";

export interface Draft {
  audience: number | null;
  messages: (number | null)[];
  account: number | null;
  best: boolean;
}

/** One message to one audience: whom, what, when; the gate's word before it goes. */
export function CampaignPage() {
  const t = useT();
  const { path } = useMember();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [draft, setDraft] = useState<Draft>(() => ({ audience: Number(search.get("audience")) || null, messages: [Number(search.get("message")) || null], account: null, best: false }));
  const [measure, setMeasure] = useState<Measure>({ types: ["pay"], days: 7, holdout: 0, pace: null });
  const [at, setAt] = useState<string | null>(null);
  const [later, setLater] = useState(false);
  const [name, setName] = useState("");
  const [asking, setAsking] = useState(false);
  const messages = useMessageNames().data ?? [];
  const chosen = messages.find((each) => each.id === draft.messages[0]);
  const accounts = (useAccountNames().data ?? []).filter((each) => each.state === "active" && (!chosen || each.channel === chosen.channel));
  const account = draft.account ?? (accounts.length === 1 && chosen ? (accounts[0]?.id ?? null) : null);
  const variants = draft.messages.filter((each) => each !== null);
  const first = variants[0];
  const complete = draft.audience !== null && first !== undefined && account !== null && variants.length === draft.messages.length;
  const gate = useGate(complete ? { audience: draft.audience ?? 0, message: first, account, holdout: measure.holdout } : null);
  const send = useSendCampaign();
  const called = name.trim() || (chosen ? `${chosen.name} · ${dayjs().tz(timeZone()).format("MM-DD HH:mm")}` : "");
  const goes = gate.data?.queued ?? 0;
  const ready = complete && gate.data !== undefined && !gate.isFetching && goes > 0 && (!later || at !== null);
  const body = (): SendCampaign => ({
    name: called,
    holdout_percent: measure.holdout,
    campaign: { audience: draft.audience, account: account ?? 0, at: later ? at : null, best: draft.best && variants.length > 1, variants: variants.map((message) => ({ message, weight: 1 })), ...measured(measure) },
  });
  const act = t("journeys.sendTo", { n: whole(goes) });
  return (
    <Page title={t("journeys.campaign")} answer={t("journeys.campaignAnswer")} back={{ to: path("campaigns"), label: t("campaigns.back") }}>
      <div className="journey">
        <Panel>
          <div className="node-form campaign-form">
            <WhomWhat draft={draft} account={account} accounts={accounts} messages={messages} onDraft={setDraft} />
            <Labelled label={t("journeys.at")}>
              <span className="row wrapping">
                <Segmented aria-label={t("journeys.at")} value={later ? "later" : "now"} options={[{ value: "now", label: t("journeys.now") }, { value: "later", label: t("journeys.later") }]} onChange={(when) => { setLater(when === "later"); }} />
                {later && <BrandTime label={t("journeys.at")} value={at} onChange={setAt} />}
              </span>
            </Labelled>
            <MeasureFields measure={measure} onMeasure={setMeasure} />
            <Labelled label={t("common.name")}>
              <Input aria-label={t("common.name")} maxLength={100} placeholder={called} value={name} onChange={(event) => { setName(event.target.value); }} />
            </Labelled>
            <div>
              <Button type="primary" size="large" disabled={!ready} onClick={() => { setAsking(true); }}>
                {act}
              </Button>
            </div>
          </div>
        </Panel>
        <aside className="journey-side">
          <GatePanel title={t("journeys.gate")} gate={gate} asked={complete} />
        </aside>
      </div>
      {complete && gate.data && (
        <Consequence
          open={asking}
          title={called}
          act={act}
          busy={send.isPending}
          error={send.error}
          onAct={() => { send.mutate(body(), { onSuccess: (made) => void navigate(path(`campaigns/${String(made.id)}`)) }); }}
          onClose={() => { setAsking(false); send.reset(); }}
        >
          <p>{later && at !== null ? t("journeys.sureLater", { n: whole(goes), at: `${minute(at)} (${timeZone()})`, message: chosen?.name ?? "" }) : t("journeys.sureNow", { n: whole(goes), message: chosen?.name ?? "" })}</p>
          {gate.data.meant > goes && <p className="quiet">{t("journeys.sureHeld", { n: whole(gate.data.meant - goes) })}</p>}
          <p className="quiet">{t("journeys.sureStop")}</p>
        </Consequence>
      )}
    </Page>
  );
}
