import { Button, DatePicker, Input, Segmented, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { minute, timeZone, whole } from "@/i18n/format";
import { Consequence } from "@/ui/Consequence";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { useAudienceOptions } from "@/ui/useAudienceOptions";

import { useGate, useSendCampaign } from "./campaignApi";
import { Labelled } from "./fields";
import { GatePanel } from "./GatePanel";
import "./journeys.css";
import { useAccountNames, useMessageNames } from "./journeysApi";

/** One message to one audience: whom, what, when; the gate's word before it goes. */
export function CampaignPage() {
  const t = useT();
  const { path } = useMember();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [audience, setAudience] = useState<number | null>(Number(search.get("audience")) || null);
  const [message, setMessage] = useState<number | null>(Number(search.get("message")) || null);
  const [account, setAccount] = useState<number | null>(null);
  const [at, setAt] = useState<Dayjs | null>(null);
  const [later, setLater] = useState(false);
  const [name, setName] = useState("");
  const [asking, setAsking] = useState(false);
  const audiences = useAudienceOptions();
  const messages = useMessageNames().data ?? [];
  const chosen = messages.find((each) => each.id === message);
  const accounts = (useAccountNames().data ?? []).filter((each) => each.state === "active" && (!chosen || each.channel === chosen.channel));
  const by = account ?? (accounts.length === 1 && chosen ? (accounts[0]?.id ?? null) : null);
  const complete = audience !== null && message !== null && by !== null ? { audience, message, account: by } : null;
  const gate = useGate(complete);
  const send = useSendCampaign();
  const called = name.trim() || (chosen ? `${chosen.name} · ${dayjs().format("MM-DD HH:mm")}` : "");
  const goes = gate.data?.queued ?? 0;
  const ready = complete !== null && gate.data !== undefined && !gate.isFetching && goes > 0 && (!later || at !== null);
  return (
    <Page title={t("journeys.campaign")} answer={t("journeys.campaignAnswer")} back={{ to: path("journeys"), label: t("journeys.title") }}>
      <div className="journey">
        <Panel>
          <div className="node-form campaign-form">
            <Labelled label={t("journeys.toWhom")}>
              <Select {...audiences} aria-label={t("journeys.toWhom")} placeholder={t("journeys.toWhom")} value={audience} onChange={(picked: number | null) => { setAudience(picked); }} />
            </Labelled>
            <Labelled label={t("journeys.what")}>
              <Select<number> aria-label={t("journeys.what")} placeholder={t("journeys.what")} {...(message === null ? {} : { value: message })} showSearch={{ optionFilterProp: "label" }} options={messages.map((each) => ({ value: each.id, label: each.name }))} onChange={(picked) => { setMessage(picked); setAccount(null); }} notFoundContent={<Link to={path("messages/new")}>{t("messages.create")}</Link>} />
            </Labelled>
            <Labelled label={t("journeys.byWhat")}>
              <Select<number> aria-label={t("journeys.byWhat")} placeholder={t("journeys.byWhat")} {...(by === null ? {} : { value: by })} options={accounts.map((each) => ({ value: each.id, label: each.name }))} onChange={setAccount} notFoundContent={<Link to={path("channels")}>{t("journeys.noAccount")}</Link>} />
            </Labelled>
            <Labelled label={t("journeys.at")}>
              <span className="row wrapping">
                <Segmented aria-label={t("journeys.at")} value={later ? "later" : "now"} options={[{ value: "now", label: t("journeys.now") }, { value: "later", label: t("journeys.later") }]} onChange={(when) => { setLater(when === "later"); }} />
                {later && <DatePicker aria-label={t("journeys.at")} showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" value={at} minDate={dayjs()} onChange={setAt} />}
              </span>
            </Labelled>
            <Labelled label={t("common.name")}>
              <Input aria-label={t("common.name")} maxLength={100} placeholder={called} value={name} onChange={(event) => { setName(event.target.value); }} />
            </Labelled>
            <div>
              <Button type="primary" size="large" disabled={!ready} onClick={() => { setAsking(true); }}>
                {t("journeys.sendTo", { n: whole(goes) })}
              </Button>
            </div>
          </div>
        </Panel>
        <aside className="journey-side">
          <GatePanel gate={gate} asked={complete !== null} />
        </aside>
      </div>
      {complete && gate.data && (
        <Consequence
          open={asking}
          title={called}
          act={t("journeys.sendTo", { n: whole(goes) })}
          busy={send.isPending}
          error={send.error}
          onAct={() => { send.mutate({ ...complete, name: called, at: later && at ? at.second(0).millisecond(0).toISOString() : null }, { onSuccess: (made) => void navigate(path(`journeys/${String(made.id)}`)) }); }}
          onClose={() => { setAsking(false); send.reset(); }}
        >
          <p>{later && at ? t("journeys.sureLater", { n: whole(goes), at: `${minute(at.toISOString())} (${timeZone()})`, message: chosen?.name ?? "" }) : t("journeys.sureNow", { n: whole(goes), message: chosen?.name ?? "" })}</p>
          {gate.data.meant > goes && <p className="quiet">{t("journeys.sureHeld", { n: whole(gate.data.meant - goes) })}</p>}
          <p className="quiet">{t("journeys.sureStop")}</p>
        </Consequence>
      )}
    </Page>
  );
}
