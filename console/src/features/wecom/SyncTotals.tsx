import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";

import { useTotals, type Totals } from "./syncApi";
import "./sync.css";

/** What is kept in step with a corp, in numbers. */
export function SyncTotals({ corp, running }: { corp: number; running: boolean }) {
  const totals = useTotals(corp, running);
  return <Answered query={totals}>{(found) => <Numbers totals={found} />}</Answered>;
}

function Numbers({ totals }: { totals: Totals }) {
  const t = useT();
  const overflow = totals.tags["overflow"] ?? 0;
  const numbers = [
    [t("sync.contacts"), totals.contacts],
    [t("sync.relations"), totals.relations],
    [t("sync.lost"), totals.lost],
    [t("sync.staff"), totals.staff],
    [t("sync.groups"), totals.groups],
    [t("sync.tags"), totals.tags["both"] ?? 0],
    [t("sync.ways"), totals.ways + totals.links],
  ] as const;
  return (
    <div className="stack tight">
      <dl className="sync-totals">
        {numbers.map(([label, number]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="tabular">{whole(number)}</dd>
          </div>
        ))}
      </dl>
      {overflow > 0 && <p className="quiet">{t("sync.overflow", { n: whole(overflow) })}</p>}
    </div>
  );
}
