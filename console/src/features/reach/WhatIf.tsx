import { useSpeech } from "@/i18n";
import { whole } from "@/i18n/format";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";
import { useDebounced } from "@/ui/useDebounced";

import { useWhatIf, type Rules } from "./policyApi";

/** What the rules would have made of the last 30 days, beside them while they are being changed. */
export function WhatIf({ rules, editing }: { rules: Rules; editing: boolean }) {
  const { t, rich } = useSpeech();
  const found = useWhatIf(useDebounced(rules, 500));
  const said = found.data;
  return (
    <Panel title={t(editing ? "reach.whatIfDraft" : "reach.whatIf")}>
      <div className="stack tight" aria-live="polite" aria-busy={found.isFetching}>
        <Refused error={found.error} />
        {!said && !found.error && <BlockSkeleton lines={3} />}
        {said?.messages === 0 && <p className="quiet">{t("reach.whatIfNothing")}</p>}
        {said && said.messages > 0 && (
          <>
            <p>{rich("reach.whatIfHeld", { all: whole(said.messages), held: <b>{whole(said.held)}</b> })}</p>
            <p className="quiet">{rich("reach.whatIfPeople", { people: <b>{whole(said.people)}</b>, deferred: whole(said.deferred) })}</p>
            <ul className="what-if">
              {said.by_rule.map((each) => (
                <li key={each.reason} className="row apart top">
                  <span className="wrap">{each.sentence}</span>
                  <span className="tabular">{whole(each.count)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  );
}
