import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input, InputNumber } from "antd";

import { useT } from "@/i18n";

import { Labelled } from "../fields";
import { AccountPick, MessagePick } from "../picks";
import { newKey, type Arm, type WelcomeDraft } from "./face";
import type { FaceFormProps } from "./SopForm";

/** What is said the moment somebody adds a friend, by where she came from, and if she does not answer. */
export function WelcomeForm({ draft, onChange, wrong, name }: FaceFormProps<WelcomeDraft>) {
  const t = useT();
  const set = (changes: Partial<WelcomeDraft>) => { onChange({ ...draft, ...changes }); };
  const arm = (key: number, changes: Partial<Arm>) => { set({ arms: draft.arms.map((each) => (each.key === key ? { ...each, ...changes } : each)) }); };
  const called = (what: string) => `${name || t("faces.welcome")} · ${what}`;
  return (
    <div className="node-form">
      <div className="face-heads">
        <AccountPick label={t("journeys.byWhat")} value={draft.account} onChange={(account) => { set({ account }); }} problem={wrong("account")} />
      </div>
      {draft.arms.map((each, place) => (
        <div key={each.key} className="node-arm">
          <div className="row top">
            <div className="face-heads grow">
              <Labelled label={t("faces.source")} problem={wrong(`arms.${String(each.key)}.source`)}>
                <Input aria-label={`${t("faces.source")} ${String(place + 1)}`} maxLength={100} placeholder={t("faces.sourceHint")} value={each.source} onChange={(event) => { arm(each.key, { source: event.target.value }); }} />
              </Labelled>
              <Labelled label={t("faces.hears")}>
                <MessagePick label={`${t("faces.hears")} ${String(place + 1)}`} account={draft.account} called={called(each.source || t("faces.source"))} value={each.message} onChange={(message) => { arm(each.key, { message }); }} problem={wrong(`arms.${String(each.key)}`)} />
              </Labelled>
            </div>
            <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("common.remove")} title={t("common.remove")} onClick={() => { set({ arms: draft.arms.filter((other) => other.key !== each.key) }); }} />
          </div>
        </div>
      ))}
      <div>
        <Button icon={<PlusOutlined />} disabled={draft.arms.length >= 20} onClick={() => { set({ arms: [...draft.arms, { key: newKey(), source: "", message: null }] }); }}>{t("faces.addSource")}</Button>
      </div>
      <Labelled label={t(draft.arms.length > 0 ? "faces.othersHear" : "faces.everybodyHears")}>
        <MessagePick label={t(draft.arms.length > 0 ? "faces.othersHear" : "faces.everybodyHears")} account={draft.account} called={called(t("faces.hello"))} value={draft.message} onChange={(message) => { set({ message }); }} problem={wrong("message")} />
      </Labelled>
      <Checkbox checked={draft.follows} onChange={(event) => { set({ follows: event.target.checked }); }}>{t("faces.follows")}</Checkbox>
      {draft.follows && (
        <div className="face-heads">
          <Labelled label={t("faces.silentFor")}>
            <InputNumber aria-label={t("faces.silentFor")} min={1} max={168} precision={0} value={draft.hours} onChange={(hours) => { set({ hours: hours ?? 24 }); }} />
          </Labelled>
          <Labelled label={t("faces.thenSay")}>
            <MessagePick label={t("faces.thenSay")} account={draft.account} called={called(t("faces.again"))} value={draft.followUp} onChange={(followUp) => { set({ followUp }); }} problem={wrong("followUp")} />
          </Labelled>
        </div>
      )}
    </div>
  );
}
