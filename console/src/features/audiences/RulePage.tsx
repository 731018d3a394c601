import { useParams, useSearchParams } from "react-router";

import { Answered } from "@/ui/Answered";
import { PageSkeleton } from "@/ui/Skeleton";

import { RuleBuilder } from "./RuleBuilder";
import { useRule } from "./rulesApi";

/** A rule is made or changed. */
export function RulePage() {
  const { ruleId } = useParams();
  const [search] = useSearchParams();
  const ofTag = /^[1-9]\d{0,9}$/.test(search.get("tag") ?? "") ? Number(search.get("tag")) : null;
  const rule = useRule(Number(ruleId), ruleId !== undefined);
  if (ruleId === undefined) return <RuleBuilder rule={null} ofTag={ofTag} />;
  return (
    <Answered query={rule} skeleton={<PageSkeleton />}>
      {(found) => <RuleBuilder rule={found} ofTag={ofTag} />}
    </Answered>
  );
}
