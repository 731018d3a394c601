import { Form, Input } from "antd";

import { useT } from "@/i18n";

/** Name and note, as a new audience is given them and an old one changes them. */
export function NameFields() {
  const t = useT();
  return (
    <>
      <Form.Item name="name" label={t("audiences.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input maxLength={100} autoFocus placeholder={t("audiences.nameExample")} />
      </Form.Item>
      <Form.Item name="note" label={`${t("audiences.note")} (${t("common.optional")})`}>
        <Input maxLength={500} />
      </Form.Item>
    </>
  );
}
