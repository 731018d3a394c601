import { DatePicker, Form, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";

import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";

import { useChangeCustomer, type AttributeWord, type Customer } from "./customersApi";

type Filled = Record<string, unknown>;

/** What is known of a customer, changed: only what was changed is sent. */
export function EditFacts({ customer, words, onClose }: { customer: Customer; words: AttributeWord[]; onClose: () => void }) {
  const t = useT();
  const change = useChangeCustomer(customer.id);
  const editable = words.filter((each) => !each.is_read_only && !isMasked(customer.attributes[each.name]));
  const before = Object.fromEntries(editable.map((each) => [each.name, shown(each, customer.attributes[each.name])]));
  const submit = (filled: Filled) => {
    const changed = editable.filter((each) => JSON.stringify(filled[each.name] ?? null) !== JSON.stringify(before[each.name] ?? null));
    change.mutate(Object.fromEntries(changed.map((each) => [each.name, sent(each, filled[each.name])])), { onSuccess: onClose });
  };
  return (
    <DialogForm<Filled> title={t("customers.editFacts")} initialValues={before} onFinish={submit} onClose={onClose} busy={change.isPending} error={change.error}>
      {editable.map((each) => (
        <Form.Item key={each.name} name={each.name} label={each.label}>
          {field(each, t)}
        </Form.Item>
      ))}
    </DialogForm>
  );
}

function field(word: AttributeWord, t: ReturnType<typeof useT>) {
  const choices = word.choices.map((each) => ({ value: each.value, label: each.label }));
  if (word.kind === "choice") return <Select allowClear options={choices} />;
  if (word.kind === "multi_choice") return <Select mode="multiple" allowClear options={choices} />;
  if (word.kind === "bool") return <Select allowClear options={[{ value: true, label: t("common.yes") }, { value: false, label: t("common.no") }]} />;
  if (word.kind === "number") return <InputNumber style={{ width: "100%" }} />;
  if (word.kind === "money") return <InputNumber prefix="¥" precision={2} style={{ width: "100%" }} />;
  if (word.kind === "date") return <DatePicker style={{ width: "100%" }} />;
  if (word.kind === "time") return <DatePicker showTime style={{ width: "100%" }} />;
  return <Input maxLength={200} />;
}

function shown(word: AttributeWord, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (word.kind === "date" || word.kind === "time") return typeof value === "string" ? dayjs(value) : undefined;
  if (word.kind === "money") return typeof value === "number" ? value / 100 : undefined;
  return value;
}

function sent(word: AttributeWord, value: unknown): unknown {
  if (value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)) return null;
  if (word.kind === "date") return dayjs.isDayjs(value) ? value.format("YYYY-MM-DD") : null;
  if (word.kind === "time") return dayjs.isDayjs(value) ? value.toISOString() : null;
  if (word.kind === "money") return typeof value === "number" ? Math.round(value * 100) : null;
  return value;
}

/** What was masked must not be sent back as if it were the value. */
function isMasked(value: unknown): boolean {
  return typeof value === "string" && value.includes("**");
}
