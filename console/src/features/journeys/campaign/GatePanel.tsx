import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";

import { useSpeech } from "@/i18n";
import { whole } from "@/i18n/format";
import { Notice } from "@/ui/Notice";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";

import { Behind, type Opened } from "../dryRun/Behind";
import { Count } from "../dryRun/Count";
import "../dryRun/dryRun.css";
import type { Gate } from "./campaignApi";

/** What the gate says before anything is sent; then exactly this happens. */
export function GatePanel({ title, gate, asked }: { title: string; gate: UseQueryResult<Gate>; asked: boolean }) {
  const { t, rich } = useSpeech();
  const said = gate.data;
  const [opened, setOpened] = useState<Opened | null>(null);
  return (
    <Panel title={title}>
      <div className="stack tight" aria-live="polite" aria-busy={gate.isFetching}>
        {!asked && <p className="quiet">{t("journeys.gateWaits")}</p>}
        <Refused error={gate.error} />
        {asked && !said && !gate.error && <BlockSkeleton lines={4} />}
        {asked && said && (
          <>
            <p>{rich("journeys.gateGoes", { meant: whole(said.meant), goes: <b><Count count={said.queued} what={t("dryRun.goes")} people={said.people} onOpen={setOpened} /></b> })}</p>
            {said.deferred > 0 && <p className="quiet">{t("journeys.gateWaiting", { n: whole(said.deferred) })}</p>}
            {said.blocked.length > 0 && (
              <ul className="gate-list">
                {said.blocked.map((each) => (
                  <li key={each.reason + each.sentence} className="row apart top">
                    <span className="wrap">{each.sentence}</span>
                    <Count count={each.count} what={each.sentence} people={each.people ?? []} onOpen={setOpened} />
                  </li>
                ))}
              </ul>
            )}
            <Behind opened={opened} onClose={() => { setOpened(null); }} />
            {said.needs_approval && <Notice>{t("journeys.gateApproval")}</Notice>}
          </>
        )}
      </div>
    </Panel>
  );
}
