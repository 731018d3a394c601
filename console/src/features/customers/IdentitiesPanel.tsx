import { DeleteOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Consequence } from "@/ui/Consequence";
import { DialogForm } from "@/ui/DialogForm";
import { Panel } from "@/ui/Panel";
import { When } from "@/ui/When";

import { useKinds, type Customer } from "./customersApi";
import { useAddIdentity, useRemoveIdentity, type Identity } from "./personApi";
import { useKindWords } from "./useKindWords";

/** Every name a customer goes by. */
export function IdentitiesPanel({ customer }: { customer: Customer }) {
  const t = useT();
  const { may } = useMember();
  const [adding, setAdding] = useState(false);
  const [detaching, setDetaching] = useState<Identity | null>(null);
  const say = useKindWords();
  return (
    <Panel
      title={t("customers.identities")}
      extra={
        may("customers.write") && (
          <Button size="small" type="text" aria-label={t("customers.addIdentity")} onClick={() => { setAdding(true); }}>
            {t("common.add")}
          </Button>
        )
      }
    >
      <ul className="lines">
        {customer.identities.map((each) => (
          <li key={each.id}>
            <span className="faint" style={{ flex: "0 0 104px" }}>{say(each.name)}</span>
            <span className="grow wrap tabular">{each.value}</span>
            <span className="small faint"><When at={each.added_at} /></span>
            {may("customers.write") && customer.identities.length > 1 && (
              <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t("customers.detach", { name: say(each.name) })} onClick={() => { setDetaching(each); }} />
            )}
          </li>
        ))}
      </ul>
      {adding && <AddIdentity customerId={customer.id} onClose={() => { setAdding(false); }} />}
      {detaching && <Detach customerId={customer.id} identity={detaching} onClose={() => { setDetaching(null); }} />}
    </Panel>
  );
}

function Detach({ customerId, identity, onClose }: { customerId: number; identity: Identity; onClose: () => void }) {
  const t = useT();
  const remove = useRemoveIdentity(customerId);
  return (
    <Consequence open harmful title={t("customers.detachTitle")} act={t("customers.detachAct")} busy={remove.isPending} error={remove.error} onAct={() => { remove.mutate(identity.id, { onSuccess: onClose }); }} onClose={onClose}>
      <p className="tabular strong">{identity.value}</p>
      <p>{t("customers.detachHint")}</p>
    </Consequence>
  );
}

interface Filled {
  kind: string;
  source: string;
  value: string;
}

function AddIdentity({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const t = useT();
  const kinds = useKinds();
  const add = useAddIdentity(customerId);
  const submit = ({ kind, source, value }: Filled) => {
    add.mutate({ name: source.trim() ? `${kind}:${source.trim()}` : kind, value }, { onSuccess: onClose });
  };
  return (
    <DialogForm<Filled> title={t("customers.addIdentity")} initialValues={{ kind: "phone", source: "", value: "" }} onFinish={submit} onClose={onClose} busy={add.isPending} error={add.error}>
      <Form.Item name="kind" label={t("customers.identityKind")}>
        <Select options={(kinds.data?.items ?? []).map((each) => ({ value: each.name, label: each.label }))} />
      </Form.Item>
      <Form.Item name="source" label={t("customers.identitySource")}>
        <Input maxLength={60} placeholder={t("common.optional")} />
      </Form.Item>
      <Form.Item name="value" label={t("customers.identityValue")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input autoFocus maxLength={300} />
      </Form.Item>
    </DialogForm>
  );
}
