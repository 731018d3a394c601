import { Button, Form, Input, Modal, Segmented, Select } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import type { components } from "@/api/schema";
import { useT, type MessageKey } from "@/i18n";
import { minute } from "@/i18n/format";
import { DialogForm } from "@/ui/DialogForm";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { RowsMore } from "@/ui/RowsMore";
import { State } from "@/ui/State";
import { When } from "@/ui/When";

import type { Customer } from "./customersApi";
import { useConsentHistory, useRecordConsent, type Consent } from "./personApi";

type Filled = components["schemas"]["ConsentIn"];
const purposes = ["marketing", "service", "profiling", "sharing"] as const;
const channels = ["any", "wecom", "sms", "call", "email", "mini_program", "official_account"] as const;
const words: Record<string, MessageKey> = {
  marketing: "customers.marketing",
  service: "customers.service",
  profiling: "customers.profiling",
  sharing: "customers.sharing",
  any: "customers.any",
  wecom: "customers.wecom",
  sms: "customers.sms",
  call: "customers.call",
  email: "customers.email",
  mini_program: "customers.mini_program",
  official_account: "customers.official_account",
};

/** What a customer agreed to, by purpose and channel; behind it everything ever said. */
export function ConsentPanel({ customer }: { customer: Customer }) {
  const t = useT();
  const { may } = useMember();
  const [open, setOpen] = useState<"record" | "history" | null>(null);
  return (
    <Panel
      title={t("customers.consent")}
      extra={
        <span>
          {customer.consents.length > 0 && (
            <Button size="small" type="text" onClick={() => { setOpen("history"); }}>
              {t("customers.consentHistory")}
            </Button>
          )}
          {may("customers.write") && (
            <Button size="small" type="text" onClick={() => { setOpen("record"); }}>
              {t("customers.consentRecord")}
            </Button>
          )}
        </span>
      }
    >
      {customer.consents.length === 0 && <p className="faint">{t("customers.consentNone")}</p>}
      <ul className="lines">
        {customer.consents.map((each) => (
          <ConsentLine key={each.id} consent={each} />
        ))}
      </ul>
      {open === "record" && <RecordConsent customerId={customer.id} onClose={() => { setOpen(null); }} />}
      {open === "history" && <History customerId={customer.id} onClose={() => { setOpen(null); }} />}
    </Panel>
  );
}

function ConsentLine({ consent, full }: { consent: Consent; full?: boolean }) {
  const t = useT();
  const say = (name: string) => {
    const word = words[name];
    return word ? t(word) : name;
  };
  return (
    <li>
      <span className="grow stack" style={{ gap: 2 }}>
        <span>{say(consent.purpose)} · {say(consent.channel)}</span>
        {full && <span className="small quiet wrap">{[minute(consent.at), consent.source, consent.proof].filter(Boolean).join(" · ")}</span>}
      </span>
      <State mood={consent.state === "granted" ? "good" : "bad"}>{t(consent.state === "granted" ? "customers.granted" : "customers.withdrawn")}</State>
      {!full && <span className="small faint"><When at={consent.at} /></span>}
    </li>
  );
}

function History({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const t = useT();
  const history = useConsentHistory(customerId, true);
  const said = itemsOf(history);
  return (
    <Modal open title={t("customers.consentHistory")} onCancel={onClose} footer={null} closable={{ "aria-label": t("common.close") }}>
      <Refused error={history.error} />
      <ul className="lines">
        {said.map((each) => (
          <ConsentLine key={each.id} consent={each} full />
        ))}
      </ul>
      <RowsMore query={history} shown={said.length} />
    </Modal>
  );
}

function RecordConsent({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const t = useT();
  const record = useRecordConsent(customerId);
  const options = (names: readonly string[]) => names.map((each) => ({ value: each, label: t(words[each] ?? "common.unknown") }));
  return (
    <DialogForm<Filled>
      title={t("customers.consentRecord")}
      initialValues={{ purpose: "marketing", channel: "any", state: "granted", proof: "", source: "" }}
      onFinish={(said) => { record.mutate(said, { onSuccess: onClose }); }}
      onClose={onClose}
      busy={record.isPending}
      error={record.error}
    >
      <Form.Item name="state" label={t("customers.consentState")}>
        <Segmented options={[{ value: "granted", label: t("customers.granted") }, { value: "withdrawn", label: t("customers.withdrawn") }]} />
      </Form.Item>
      <Form.Item name="purpose" label={t("customers.consentPurpose")}>
        <Select options={options(purposes)} />
      </Form.Item>
      <Form.Item name="channel" label={t("customers.consentChannel")}>
        <Select options={options(channels)} />
      </Form.Item>
      <Form.Item name="proof" label={t("customers.consentProof")}>
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} placeholder={t("customers.consentProofHint")} />
      </Form.Item>
      <Form.Item name="source" hidden>
        <Input />
      </Form.Item>
    </DialogForm>
  );
}
