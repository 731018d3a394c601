import { Button, Form, Input, Segmented } from "antd";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";

import { useChangeMe } from "./accountApi";
import { PasswordForm } from "./PasswordForm";
import { SecondFactor } from "./SecondFactor";
import { Sessions } from "./Sessions";

/** One's own account: name, password, second step, browsers. */
export function ProfilePage() {
  const t = useT();
  const { user } = useMember();
  const state = user.has_second_factor ? t("account.factorOnShort") : t("account.factorOffShort");
  return (
    <Page title={t("account.title")} answer={t("account.answer", { email: user.email, state })}>
      <Panel title={t("account.factorTitle")}>
        <SecondFactor />
      </Panel>
      <Panel title={t("account.nameTitle")}>
        <NameForm />
      </Panel>
      <Panel title={t("account.passwordTitle")} note={t("account.passwordHint")}>
        <div style={{ maxWidth: 360 }}>
          <PasswordForm />
        </div>
      </Panel>
      <Sessions />
    </Page>
  );
}

function NameForm() {
  const t = useT();
  const { user } = useMember();
  const change = useChangeMe();
  return (
    <Form layout="vertical" style={{ maxWidth: 360 }} initialValues={{ name: user.name, language: user.language }} onFinish={(body: { name: string; language: "zh" | "en" }) => { change.mutate(body); }}>
      <Form.Item name="name" label={t("account.displayName")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input maxLength={100} autoComplete="name" />
      </Form.Item>
      <Form.Item name="language" label={t("account.mailLanguage")}>
        <Segmented options={[{ value: "zh", label: "中文" }, { value: "en", label: "English" }]} />
      </Form.Item>
      <Refused error={change.error} />
      <div className="row">
        <Button htmlType="submit" loading={change.isPending}>
          {t("common.save")}
        </Button>
        {change.isSuccess && <span role="status">{t("account.saved")}</span>}
      </div>
    </Form>
  );
}
