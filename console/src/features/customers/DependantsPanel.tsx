import { DeleteOutlined } from "@ant-design/icons";
import { Button, DatePicker, Form, Input, Segmented, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT, type MessageKey } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";

import type { Customer } from "./customersApi";
import { useAddDependant, useRemoveDependant } from "./personApi";

const kinds = ["child", "partner", "parent", "pet", "other"] as const;
const words: Record<string, MessageKey> = { child: "customers.child", partner: "customers.partner", parent: "customers.parent", pet: "customers.pet", other: "customers.other" };

/** The household: who else a customer buys for, and what stage of life they are in. */
export function DependantsPanel({ customer }: { customer: Customer }) {
  const t = useT();
  const { may } = useMember();
  const [adding, setAdding] = useState(false);
  const remove = useRemoveDependant(customer.id);
  const say = (kind: string) => {
    const word = words[kind];
    return word ? t(word) : kind;
  };
  return (
    <Panel
      title={t("customers.dependants")}
      extra={
        may("customers.write") && (
          <Button size="small" type="text" aria-label={t("customers.addDependant")} onClick={() => { setAdding(true); }}>
            {t("common.add")}
          </Button>
        )
      }
    >
      {customer.dependants.length === 0 && <p className="faint">{t("customers.noDependants")}</p>}
      <ul className="lines">
        {customer.dependants.map((each) => (
          <li key={each.id}>
            <span className="faint" style={{ flex: "0 0 56px" }}>{say(each.kind)}</span>
            <span className="grow wrap">{[each.name, each.stage_label, each.birthday].filter(Boolean).join(" · ")}</span>
            {may("customers.write") && (
              <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t("customers.removeDependant", { name: each.name || say(each.kind) })} onClick={() => { remove.mutate(each.id); }} />
            )}
          </li>
        ))}
      </ul>
      <Refused error={remove.error} />
      {adding && <AddDependant customerId={customer.id} onClose={() => { setAdding(false); }} />}
    </Panel>
  );
}

interface Filled {
  kind: (typeof kinds)[number];
  name: string;
  gender: "" | "female" | "male";
  birthday: Dayjs | null;
}

function AddDependant({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const t = useT();
  const add = useAddDependant(customerId);
  return (
    <DialogForm<Filled>
      title={t("customers.addDependant")}
      initialValues={{ kind: "child", name: "", gender: "", birthday: null }}
      onFinish={({ birthday, ...said }) => { add.mutate({ ...said, birthday: birthday ? birthday.format("YYYY-MM-DD") : null }, { onSuccess: onClose }); }}
      onClose={onClose}
      busy={add.isPending}
      error={add.error}
    >
      <Form.Item name="kind" label={t("customers.dependantKind")}>
        <Select options={kinds.map((each) => ({ value: each, label: t(words[each] ?? "customers.other") }))} />
      </Form.Item>
      <Form.Item name="name" label={t("customers.dependantName")}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="gender" label={t("customers.gender")}>
        <Segmented options={[{ value: "", label: t("customers.genderUnknown") }, { value: "female", label: t("customers.female") }, { value: "male", label: t("customers.male") }]} />
      </Form.Item>
      <Form.Item name="birthday" label={t("customers.birthday")}>
        <DatePicker style={{ width: "100%" }} />
      </Form.Item>
    </DialogForm>
  );
}
