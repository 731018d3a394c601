import { Button, Form, Input } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Refused } from "@/ui/Refused";
import { State } from "@/ui/State";

import { useBeginFactor, useTurnOffFactor } from "./accountApi";
import { Enrol } from "./Enrol";

/** The second step of signing in: on or off, and the way to the other. */
export function SecondFactor() {
  const t = useT();
  const { user } = useMember();
  const [asking, setAsking] = useState(false);
  const begin = useBeginFactor();
  const turnOff = useTurnOffFactor();
  const close = () => {
    setAsking(false);
    begin.reset();
  };
  if (begin.data) return <Enrol enrolment={begin.data} onDone={close} />;
  const act = user.has_second_factor ? turnOff : begin;
  return (
    <div className="stack">
      <p>
        <State mood={user.has_second_factor ? "good" : "busy"}>{user.has_second_factor ? t("account.factorOn") : t("account.factorOff")}</State>
      </p>
      {!asking && (
        <div>
          <Button type={user.has_second_factor ? "default" : "primary"} onClick={() => { setAsking(true); }}>
            {user.has_second_factor ? t("account.turnOff") : t("account.turnOn")}
          </Button>
        </div>
      )}
      {asking && (
        <Form layout="vertical" style={{ maxWidth: 360 }} onFinish={({ password }: { password: string }) => { act.mutate(password, { onSuccess: () => { setAsking(false); } }); }}>
          <Form.Item name="password" label={t("account.currentPassword")} help={user.has_second_factor ? t("account.turnOffHint") : undefined}>
            <Input.Password autoFocus autoComplete="current-password" />
          </Form.Item>
          <Refused error={act.error} />
          <div className="row" style={{ marginTop: 12 }}>
            <Button onClick={close}>{t("common.cancel")}</Button>
            <Button type="primary" danger={user.has_second_factor} htmlType="submit" loading={act.isPending}>
              {user.has_second_factor ? t("account.turnOff") : t("account.turnOn")}
            </Button>
          </div>
        </Form>
      )}
    </div>
  );
}
