import { Button, Form, Input } from "antd";

import { useT } from "@/i18n";
import { Refused } from "@/ui/Refused";

/** The second step: the digits of the authenticator, or a recovery code. */
export function CodeStep({ busy, error, onCode, onOther }: { busy: boolean; error: Error | null; onCode: (code: string) => void; onOther: () => void }) {
  const t = useT();
  return (
    <Form<{ code: string }> layout="vertical" onFinish={({ code }) => { onCode(code.trim()); }} disabled={busy}>
      <h1>{t("account.codeTitle")}</h1>
      <p className="quiet" style={{ margin: "4px 0 16px" }}>
        {t("account.codeHint")}
      </p>
      <Form.Item name="code" label={t("account.code")} rules={[{ required: true, message: t("common.required") }]}>
        <Input size="large" autoComplete="one-time-code" autoFocus maxLength={40} className="tabular" />
      </Form.Item>
      {error && (
        <div style={{ marginBottom: 18 }}>
          <Refused error={error} />
        </div>
      )}
      <Button type="primary" size="large" block htmlType="submit" loading={busy}>
        {t("account.confirmCode")}
      </Button>
      <Button type="link" block onClick={onOther} style={{ marginTop: 8 }}>
        {t("account.otherAccount")}
      </Button>
    </Form>
  );
}
