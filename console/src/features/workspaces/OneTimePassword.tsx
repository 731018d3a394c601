import { Button } from "antd";

import { useT } from "@/i18n";
import { Copyable } from "@/ui/Copyable";

/** The password to hand over; shown this once. */
export function OneTimePassword({ name, password, onClose }: { name: string; password: string | null; onClose: () => void }) {
  const t = useT();
  return (
    <div className="stack">
      <h3>{t("settings.memberAddedTitle", { name })}</h3>
      <p className="quiet">{password === null ? t("settings.memberAddedKnown", { name }) : t("settings.memberAddedHint", { name })}</p>
      {password !== null && <Copyable label={t("account.password")} text={password} />}
      <div className="row" style={{ justifyContent: "flex-end" }}>
        <Button type="primary" onClick={onClose}>
          {password === null ? t("common.close") : t("account.recoveryKept")}
        </Button>
      </div>
    </div>
  );
}
