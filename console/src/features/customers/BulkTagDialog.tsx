import { Input } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Consequence } from "@/ui/Consequence";
import { Refused } from "@/ui/Refused";

import { useBulkPreview, useBulkTag, type Listed } from "./customersApi";
import { TagSelect, type TagChoice } from "./TagSelect";

/** A tag for the chosen customers: first how many it would change, then the act. */
export function BulkTagDialog({ customers, onClose, onDone }: { customers: Listed[]; onClose: () => void; onDone: () => void }) {
  const t = useT();
  const [tag, setTag] = useState<TagChoice | null>(null);
  const [reason, setReason] = useState("");
  const ids = customers.map((each) => each.id);
  const preview = useBulkPreview(tag?.id ?? null, ids);
  const bulk = useBulkTag();
  const plan = tag ? preview.data : undefined;
  const act = tag && plan ? (plan.would_change > 0 ? t("customers.tagAct", { n: whole(plan.would_change), tag: tag.name }) : t("customers.tagNobody")) : t("customers.tagChoose");
  return (
    <Consequence
      open
      title={t("customers.tagTitle", { n: whole(customers.length) })}
      act={act}
      ready={plan !== undefined && plan.would_change > 0}
      faces={customers.slice(0, 6).map((each) => ({ id: each.id, name: each.name || `#${String(each.id)}` }))}
      busy={bulk.isPending}
      error={bulk.error}
      onAct={() => { if (tag && plan && plan.would_change > 0) bulk.mutate({ tagId: tag.id, customers: ids, reason: reason.trim() }, { onSuccess: onDone }); }}
      onClose={onClose}
    >
      <TagSelect value={tag?.id ?? null} onChoose={setTag} />
      <Input value={reason} maxLength={200} placeholder={t("customers.tagReason")} aria-label={t("customers.tagReason")} onChange={(event) => { setReason(event.target.value); }} />
      <Refused error={tag ? preview.error : null} />
      {plan && <p>{t("customers.tagPlan", { change: whole(plan.would_change), already: whole(plan.already) })}</p>}
      {plan && plan.displaced > 0 && <p>{t("customers.tagDisplaced", { n: whole(plan.displaced) })}</p>}
    </Consequence>
  );
}
