import { useParams } from "react-router";

import { Answered } from "@/ui/Answered";
import { PageSkeleton } from "@/ui/Skeleton";

import { RuleBuilder } from "./RuleBuilder";
import { useRule } from "./rulesApi";

/** A rule is made or changed. */
export function RulePage() {
  const { ruleId } = useParams();
  const rule = useRule(Number(ruleId), ruleId !== undefined);
  if (ruleId === undefined) return <RuleBuilder rule={null} />;
  return (
    <Answered query={rule} skeleton={<PageSkeleton />}>
      {(found) => <RuleBuilder rule={found} />}
    </Answered>
  );
}
