import { useEffect, useState } from "react";
import { Navigate, useNavigate, useSearchParams } from "react-router";

import { useMe } from "@/api/member";
import { Refusal } from "@/api/refusal";
import { useSpeech } from "@/i18n";
import { speak } from "@/i18n/store";
import "@/ui/ui.css";

import { useSignIn } from "./accountApi";
import { ChoosePassword } from "./ChoosePassword";
import { CodeStep } from "./CodeStep";
import { PasswordStep, type Credentials } from "./PasswordStep";
import "./sign-in.css";

/** The door: password, then a code where the account asks, then one's own password where it was given. */
export function SignInPage() {
  const { t, language } = useSpeech();
  const me = useMe();
  const next = useNext();
  useEffect(() => {
    document.title = `${t("account.signInTitle")} · ${t("shell.product")}`;
  }, [t]);
  const inside = me.data && !me.error;
  if (inside && !me.data.user.must_change_password) return <Navigate to={next} replace />;
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <div className="sign-in-brand">
          <img src="/favicon.svg" alt="" width={40} height={40} />
          <span className="strong" style={{ fontSize: 18 }}>
            {t("shell.product")}
          </span>
        </div>
        {inside ? <ChoosePassword /> : <Steps />}
      </div>
      <div className="sign-in-foot">
        <button type="button" className="plain-button quiet" lang={language === "en-US" ? "zh" : "en"} onClick={() => void speak(language === "en-US" ? "zh-CN" : "en-US")}>
          {language === "en-US" ? "简体中文" : "English"}
        </button>
      </div>
    </main>
  );
}

/** Back to where one was sent from; only ever to an address of ours. */
function useNext(): string {
  const [search] = useSearchParams();
  const wanted = search.get("next") ?? "/";
  return wanted.startsWith("/") && !wanted.startsWith("//") ? wanted : "/";
}

const WANTS_CODE = new Set(["workspaces.second_factor_needed", "workspaces.second_factor_not_right"]);

function Steps() {
  const [credentials, setCredentials] = useState<Credentials | null>(null);
  const navigate = useNavigate();
  const next = useNext();
  const signIn = useSignIn();
  const refusal = signIn.error instanceof Refusal ? signIn.error : null;
  const go = (given: Credentials, code: string) => {
    setCredentials(given);
    signIn.mutate({ ...given, code }, { onSuccess: (signed) => { if (!signed.must_change_password) void navigate(next, { replace: true }); } });
  };
  if (credentials && refusal && WANTS_CODE.has(refusal.code)) {
    return (
      <CodeStep
        busy={signIn.isPending}
        error={refusal.code === "workspaces.second_factor_not_right" ? refusal : null}
        onCode={(code) => { go(credentials, code); }}
        onOther={() => { signIn.reset(); }}
      />
    );
  }
  return <PasswordStep busy={signIn.isPending} error={signIn.error} onDone={(given) => { go(given, ""); }} />;
}
