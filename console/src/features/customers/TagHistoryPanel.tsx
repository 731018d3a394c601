import { itemsOf } from "@/api/pages";
import type { components } from "@/api/schema";
import { useT, type MessageKey } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { RowsMore } from "@/ui/RowsMore";
import { When } from "@/ui/When";

import { useTagHistory } from "./customersApi";
import { useSourceWords } from "./useSourceWords";

const words: Record<components["schemas"]["TagChangeKind"], MessageKey> = {
  given: "customers.tagGiven",
  confirmed: "customers.tagConfirmed",
  removed: "customers.tagRemoved",
  withdrawn: "customers.tagWithdrawn",
  expired: "customers.tagExpired",
  displaced: "customers.tagGone",
};

/** Who tagged a customer, when and why. */
export function TagHistoryPanel({ customerId }: { customerId: number }) {
  const t = useT();
  const history = useTagHistory(customerId);
  const changes = itemsOf(history);
  const say = useSourceWords();
  return (
    <Panel title={t("customers.tagHistory")}>
      <Refused error={history.error} />
      {history.data && changes.length === 0 && <p className="faint">{t("customers.noTagHistory")}</p>}
      <ul className="lines" style={{ maxHeight: 320, overflowY: "auto" }}>
        {changes.map((each) => (
          <li key={each.id}>
            <span className="grow stack" style={{ gap: 2 }}>
              <span className="wrap">{t(words[each.kind], { tag: each.name })}</span>
              <span className="small faint wrap">{[each.actor_name || say(each.source), each.reason].filter(Boolean).join(" · ")}</span>
            </span>
            <span className="small faint"><When at={each.at} /></span>
          </li>
        ))}
      </ul>
      {history.hasNextPage && <RowsMore query={history} shown={0} />}
    </Panel>
  );
}
