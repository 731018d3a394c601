import { Button, Form, Input } from "antd";

import { useT } from "@/i18n";
import { Refused } from "@/ui/Refused";

export interface Credentials {
  email: string;
  password: string;
}

/** Address and password. */
export function PasswordStep({ busy, error, onDone }: { busy: boolean; error: Error | null; onDone: (given: Credentials) => void }) {
  const t = useT();
  return (
    <Form<Credentials> layout="vertical" onFinish={onDone} disabled={busy}>
      <h1 style={{ marginBottom: 16 }}>{t("account.signInTitle")}</h1>
      <Form.Item name="email" label={t("account.email")} rules={[{ required: true, message: t("common.required") }]}>
        <Input type="email" size="large" autoComplete="username" autoFocus inputMode="email" />
      </Form.Item>
      <Form.Item name="password" label={t("account.password")} rules={[{ required: true, message: t("common.required") }]}>
        <Input.Password size="large" autoComplete="current-password" />
      </Form.Item>
      {error && (
        <div style={{ marginBottom: 18 }}>
          <Refused error={error} />
        </div>
      )}
      <Button type="primary" size="large" block htmlType="submit" loading={busy}>
        {t("account.signIn")}
      </Button>
    </Form>
  );
}
