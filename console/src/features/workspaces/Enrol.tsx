import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";

import { meKeys } from "@/api/member";
import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { Copyable } from "@/ui/Copyable";
import { Refused } from "@/ui/Refused";

import { useConfirmFactor } from "./accountApi";
import "./sign-in.css";

/** Scan, confirm, put the recovery codes away. */
export function Enrol({ enrolment, onDone }: { enrolment: components["schemas"]["EnrolmentOut"]; onDone: () => void }) {
  const t = useT();
  const confirm = useConfirmFactor();
  const queryClient = useQueryClient();
  const finish = () => {
    onDone();
    void queryClient.invalidateQueries({ queryKey: meKeys.all });
  };
  if (confirm.data) {
    return (
      <div className="stack">
        <h3>{t("account.recoveryTitle")}</h3>
        <p className="quiet">{t("account.recoveryHint")}</p>
        <ul className="recovery mono">
          {confirm.data.codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <Copyable label={t("account.recoveryTitle")} text={confirm.data.codes.join("\n")} />
        <div>
          <Button type="primary" onClick={finish}>
            {t("account.recoveryKept")}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="enrol">
      <img className="qr" src={enrolment.qr_svg} alt={t("account.scan")} />
      <div className="stack grow" style={{ minWidth: 240 }}>
        <p>{t("account.scan")}</p>
        <details>
          <summary className="quiet">{t("account.scanManual")}</summary>
          <div style={{ marginTop: 8 }}>
            <Copyable label={t("account.scanManual")} text={enrolment.secret} />
          </div>
        </details>
        <Form layout="vertical" onFinish={({ code }: { code: string }) => { confirm.mutate(code.trim()); }}>
          <Form.Item name="code" label={t("account.scanThen")} rules={[{ required: true, message: t("common.required") }]}>
            <Input autoFocus autoComplete="one-time-code" inputMode="numeric" maxLength={12} style={{ width: 160 }} />
          </Form.Item>
          <Refused error={confirm.error} />
          <div className="row" style={{ marginTop: 8 }}>
            <Button onClick={onDone}>{t("common.cancel")}</Button>
            <Button type="primary" htmlType="submit" loading={confirm.isPending}>
              {t("account.turnOn")}
            </Button>
          </div>
        </Form>
      </div>
    </div>
  );
}
