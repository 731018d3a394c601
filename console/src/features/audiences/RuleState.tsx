import { useT } from "@/i18n";
import { State } from "@/ui/State";

import type { Rule } from "./rulesApi";

/** Whether a rule works, catches up, is off, or is stuck. */
export function RuleState({ rule }: { rule: Rule }) {
  const t = useT();
  if (rule.trouble) return <State mood="bad">{t("audiences.trouble", { code: rule.trouble })}</State>;
  if (!rule.is_enabled) return <State mood="still">{t("audiences.ruleOff")}</State>;
  return rule.is_in_step ? <State mood="good">{t("audiences.ruleOn")}</State> : <State mood="busy">{t("audiences.ruleCatching")}</State>;
}
