import type { UseQueryResult } from "@tanstack/react-query";

import { useSpeech } from "@/i18n";
import { whole } from "@/i18n/format";
import { Notice } from "@/ui/Notice";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";

import type { Gate } from "./campaignApi";

/** What the gate says before anything is sent; then exactly this happens. */
export function GatePanel({ title, gate, asked }: { title: string; gate: UseQueryResult<Gate>; asked: boolean }) {
  const { t, rich } = useSpeech();
  const said = gate.data;
  return (
    <Panel title={title}>
      <div className="stack tight" aria-live="polite" aria-busy={gate.isFetching}>
        {!asked && <p className="quiet">{t("journeys.gateWaits")}</p>}
        <Refused error={gate.error} />
        {asked && !said && !gate.error && <BlockSkeleton lines={4} />}
        {asked && said && (
          <>
            <p>{rich("journeys.gateGoes", { meant: whole(said.meant), goes: <b>{whole(said.queued)}</b> })}</p>
            {said.deferred > 0 && <p className="quiet">{t("journeys.gateWaiting", { n: whole(said.deferred) })}</p>}
            {said.blocked.length > 0 && (
              <ul className="gate-list">
                {said.blocked.map((each) => (
                  <li key={each.reason + each.sentence} className="row apart top">
                    <span className="wrap">{each.sentence}</span>
                    <span className="tabular">{whole(each.count)}</span>
                  </li>
                ))}
              </ul>
            )}
            {said.needs_approval && <Notice>{t("journeys.gateApproval")}</Notice>}
          </>
        )}
      </div>
    </Panel>
  );
}
