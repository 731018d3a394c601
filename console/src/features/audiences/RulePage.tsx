import { useParams, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { AnsweredPage } from "@/ui/AnsweredPage";

import { RuleBuilder } from "./RuleBuilder";
import { useRule } from "./rulesApi";

/** A rule is made or changed. */
export function RulePage() {
  const { ruleId } = useParams();
  const t = useT();
  const { path } = useMember();
  const [search] = useSearchParams();
  const ofTag = /^[1-9]\d{0,9}$/.test(search.get("tag") ?? "") ? Number(search.get("tag")) : null;
  const rule = useRule(Number(ruleId), ruleId !== undefined);
  if (ruleId === undefined) return <RuleBuilder rule={null} ofTag={ofTag} />;
  return (
    <AnsweredPage query={rule} back={{ to: path("audiences/rules"), label: t("audiences.rules") }}>
      {(found) => <RuleBuilder rule={found} ofTag={ofTag} />}
    </AnsweredPage>
  );
}
