import { day, exact, money } from "@/i18n/format";
import { Panel } from "@/ui/Panel";

import type { Happened } from "../guidesApi";

/** What she did, the newest first. */
export function Happenings({ title, events, empty }: { title: string; events: Happened[]; empty: string }) {
  return (
    <Panel title={title}>
      {events.length === 0 && <p className="faint">{empty}</p>}
      <ol className="happenings">
        {events.map((each) => (
          <li key={each.id}>
            <time dateTime={each.at} title={exact(each.at)} className="small faint tabular">{day(each.at)}</time>
            <span className="wrap">{each.said}</span>
            <span className="tabular">{each.amount_fen ? money(each.type === "refund" ? -each.amount_fen : each.amount_fen) : ""}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
