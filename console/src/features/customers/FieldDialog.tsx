import { Checkbox, Form, Input, Select } from "antd";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";

import { useSaveField, type Field } from "./fieldsApi";

const KINDS = ["text", "number", "money", "date", "time", "bool", "choice", "multi_choice", "region"] as const;

interface Filled {
  name: string;
  kind: components["schemas"]["AttributeKind"];
  zh: string;
  en: string;
  options: string[];
  is_personal: boolean;
}

/** A field of the brand's own is made or renamed. */
export function FieldDialog({ field, onClose }: { field: Field | null; onClose: () => void }) {
  const t = useT();
  const save = useSaveField(field);
  const required = [{ required: true, whitespace: true, message: t("common.required") }];
  const submit = ({ options, ...said }: Filled) => {
    const before = new Map(field?.options.map((each) => [each.zh, each]));
    const kept = field?.options.filter((each) => !options.includes(each.zh)).map((each) => ({ ...each, is_archived: true })) ?? [];
    const now = options.map((label) => ({ ...(before.get(label) ?? { value: label, zh: label, en: label }), is_archived: false }));
    save.mutate({ ...said, name: field?.name ?? said.name, kind: field?.kind ?? said.kind, options: [...now, ...kept] }, { onSuccess: onClose });
  };
  return (
    <DialogForm<Filled>
      title={field ? field.label : t("fields.add")}
      initialValues={{ name: field?.name, kind: field?.kind ?? "text", zh: field?.zh, en: field?.en, options: field?.options.filter((each) => !each.is_archived).map((each) => each.zh) ?? [], is_personal: field?.is_personal ?? false }}
      onFinish={submit}
      onClose={onClose}
      busy={save.isPending}
      error={save.error}
    >
      <Form.Item name="zh" label={t("fields.zh")} rules={required}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item name="en" label={t("fields.en")} rules={required}>
        <Input maxLength={100} />
      </Form.Item>
      {!field && (
        <Form.Item name="name" label={t("fields.name")} extra={t("fields.nameHint")} rules={required}>
          <Input maxLength={60} className="mono" />
        </Form.Item>
      )}
      <Form.Item name="kind" label={t("fields.kind")}>
        <Select disabled={field !== null} options={KINDS.map((each) => ({ value: each, label: t(`fields.${each}`) }))} />
      </Form.Item>
      <Options />
      <Form.Item name="is_personal" valuePropName="checked">
        <Checkbox>{t("fields.personal")}</Checkbox>
      </Form.Item>
    </DialogForm>
  );
}

function Options() {
  const t = useT();
  const kind: unknown = Form.useWatch("kind");
  const chooses = kind === "choice" || kind === "multi_choice";
  return (
    <Form.Item name="options" label={t("fields.options")} extra={t("fields.optionsHint")} hidden={!chooses}>
      <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", "，", "\n"]} />
    </Form.Item>
  );
}
