import { Button } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { When } from "@/ui/When";

import type { Customer } from "./customersApi";
import { MergeWith } from "./MergeWith";
import { useMerges, type Merge } from "./personApi";
import { UndoMerge } from "./UndoMerge";
import { useKindWords } from "./useKindWords";

/** Whom a customer was merged with, why, and the way back. */
export function MergesPanel({ customer }: { customer: Customer }) {
  const t = useT();
  const { may } = useMember();
  const merges = useMerges(customer.id);
  const [merging, setMerging] = useState(false);
  const [undoing, setUndoing] = useState<Merge | null>(null);
  const all = itemsOf(merges);
  return (
    <Panel
      title={t("customers.merges")}
      extra={
        may("customers.merge") && (
          <Button size="small" type="text" onClick={() => { setMerging(true); }}>
            {t("customers.merge")}
          </Button>
        )
      }
    >
      <Refused error={merges.error} />
      {merges.data && all.length === 0 && <p className="faint">{t("customers.noMerges")}</p>}
      <ul className="lines">
        {all.map((each) => (
          <MergeLine key={each.id} merge={each} onUndo={may("customers.merge") && !each.undone_at ? () => { setUndoing(each); } : null} />
        ))}
      </ul>
      {merging && <MergeWith customer={customer} onClose={() => { setMerging(false); }} />}
      {undoing && <UndoMerge merge={undoing} onClose={() => { setUndoing(null); }} />}
    </Panel>
  );
}

function MergeLine({ merge, onUndo }: { merge: Merge; onUndo: (() => void) | null }) {
  const t = useT();
  const say = useKindWords();
  const why = merge.origin === "manual" ? t("customers.mergedByHand") : merge.origin === "review" ? t("customers.mergedByReview") : t("customers.mergedBy", { shared: say(merge.shared) });
  return (
    <li>
      <span className="grow stack" style={{ gap: 2 }}>
        <span>{t("customers.mergedWith", { id: merge.loser_id })}</span>
        <span className="small faint wrap">{merge.undone_at ? `${why} · ${t("customers.undone")}` : why}</span>
      </span>
      <span className="small faint"><When at={merge.at} /></span>
      {onUndo && (
        <Button size="small" onClick={onUndo}>
          {t("customers.undo")}
        </Button>
      )}
    </li>
  );
}
