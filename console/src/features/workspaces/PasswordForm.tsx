import { Button, Form, Input } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";
import { Refused } from "@/ui/Refused";

import { useChangePassword } from "./accountApi";

/** The present password and a new one. */
export function PasswordForm({ large }: { large?: boolean }) {
  const t = useT();
  const [form] = Form.useForm<{ current: string; new: string }>();
  const change = useChangePassword();
  const [done, setDone] = useState(false);
  const size = large ? "large" : "middle";
  const required = [{ required: true, message: t("common.required") }];
  const submit = (body: { current: string; new: string }) => {
    setDone(false);
    change.mutate(body, {
      onSuccess: () => {
        form.resetFields();
        setDone(true);
      },
    });
  };
  return (
    <Form form={form} layout="vertical" onFinish={submit} disabled={change.isPending}>
      <Form.Item name="current" label={t("account.currentPassword")} rules={required}>
        <Input.Password size={size} autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="new" label={t("account.newPassword")} rules={required}>
        <Input.Password size={size} autoComplete="new-password" />
      </Form.Item>
      {change.error && (
        <div style={{ marginBottom: 18 }}>
          <Refused error={change.error} />
        </div>
      )}
      <div className="row wrapping">
        <Button type="primary" size={size} block={large ?? false} htmlType="submit" loading={change.isPending}>
          {t("account.choosePassword")}
        </Button>
        {done && <span role="status">{t("account.passwordChanged")}</span>}
      </div>
    </Form>
  );
}
