import { Button } from "antd";

import { useSignOut } from "@/api/member";
import { useT } from "@/i18n";

import { PasswordForm } from "./PasswordForm";

/** The password was handed out: nothing else goes before it is replaced. */
export function ChoosePassword() {
  const t = useT();
  const signOut = useSignOut();
  return (
    <div>
      <h1>{t("account.choosePasswordTitle")}</h1>
      <p className="quiet" style={{ margin: "4px 0 16px" }}>
        {t("account.choosePasswordHint", { n: 10 })}
      </p>
      <PasswordForm large />
      <Button type="link" block onClick={() => { signOut.mutate(); }} style={{ marginTop: 8 }}>
        {t("account.otherAccount")}
      </Button>
    </div>
  );
}
