import { Drawer, Switch } from "antd";

import type { components } from "@/api/schema";
import { useT, type MessageKey } from "@/i18n";
import { whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Copyable } from "@/ui/Copyable";
import { Facts } from "@/ui/Facts";
import { Refused } from "@/ui/Refused";
import { Rows, type Column } from "@/ui/Rows";
import { State, type Mood } from "@/ui/State";
import { When } from "@/ui/When";

import { useChangeHook, useDeliveries, useSecrets, type Hook } from "./hooksApi";
import { Mapping } from "./Mapping";

type Delivery = components["schemas"]["DeliveryOut"];

const states: Record<Delivery["state"], { word: MessageKey; mood: Mood }> = {
  accepted: { word: "tracking.stateAccepted", mood: "good" },
  partly: { word: "tracking.statePartly", mood: "busy" },
  ignored: { word: "tracking.stateIgnored", mood: "still" },
  refused: { word: "tracking.stateRefused", mood: "bad" },
  forged: { word: "tracking.stateForged", mood: "bad" },
};

/** One address: where to push, what to sign with, what becomes of it, what came. */
export function HookDrawer({ hook, onClose }: { hook: Hook; onClose: () => void }) {
  const t = useT();
  const change = useChangeHook(hook.id);
  const secrets = useSecrets(hook.id);
  return (
    <Drawer open onClose={onClose} size={640} title={hook.name} closable={{ "aria-label": t("common.close") }}>
      <div className="stack" style={{ gap: 24 }}>
        <Facts items={[{ label: t("tracking.active"), value: <Switch aria-label={t("tracking.active")} checked={hook.is_active} loading={change.isPending} onChange={(is_active) => { change.mutate({ is_active }); }} /> }]} />
        <Refused error={change.error} />
        <section className="stack tight">
          <h3>{t("tracking.hookUrl")}</h3>
          <Copyable label={t("tracking.hookUrl")} text={hook.url} />
        </section>
        <section className="stack tight">
          <h3>{t("tracking.signing")}</h3>
          <p className="quiet">{t("tracking.signingHint")}</p>
          <Answered query={secrets}>{(found) => <Copyable label={t("tracking.signing")} text={found.secrets[0] ?? ""} />}</Answered>
        </section>
        <Mapping key={hook.id} hook={hook} />
        <Deliveries hook={hook} />
      </div>
    </Drawer>
  );
}

function Deliveries({ hook }: { hook: Hook }) {
  const t = useT();
  const deliveries = useDeliveries(hook.id);
  const columns: Column<Delivery>[] = [
    { key: "when", title: t("tracking.deliveryWhen"), width: 120, phone: "lead", render: (each) => <When at={each.received_at} /> },
    {
      key: "state",
      title: t("tracking.deliveryState"),
      render: (each) => (
        <span className="stack close">
          <State mood={states[each.state].mood}>{t(states[each.state].word)}</State>
          {each.errors.map((problem) => (
            <span key={problem.field + problem.message} className="small quiet wrap">
              <code>{problem.field}</code> {problem.message}
            </span>
          ))}
        </span>
      ),
    },
    { key: "events", title: t("tracking.deliveryEvents"), width: 80, number: true, render: (each) => whole(each.accepted) },
  ];
  return (
    <section className="stack tight">
      <h3>{t("tracking.deliveries")}</h3>
      <div className="panel">
        <Rows label={t("tracking.deliveries")} query={deliveries} columns={columns} rowKey={(each) => each.id} empty={<p className="faint" style={{ padding: 16 }}>{t("tracking.deliveriesNone")}</p>} />
      </div>
    </section>
  );
}
