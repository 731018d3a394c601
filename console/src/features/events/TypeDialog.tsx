import { Checkbox, Form, Input } from "antd";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";

import { useAddType } from "./eventsApi";

/** An event type of one's own. */
export function TypeDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const add = useAddType();
  return (
    <DialogForm<components["schemas"]["EventTypeIn"]>
      title={t("events.add")}
      initialValues={{ zh: "", en: "", is_activity: true }}
      onFinish={(body) => { add.mutate(body, { onSuccess: onClose }); }}
      onClose={onClose}
      busy={add.isPending}
      error={add.error}
    >
      <Form.Item name="name" label={t("events.name")} extra={t("events.nameHint")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input maxLength={100} autoFocus className="mono" />
      </Form.Item>
      <Form.Item name="zh" label={t("events.zh")}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="en" label={t("events.en")}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="is_activity" valuePropName="checked">
        <Checkbox>{t("events.activity")}</Checkbox>
      </Form.Item>
    </DialogForm>
  );
}
