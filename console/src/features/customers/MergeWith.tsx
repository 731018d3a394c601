import { Select } from "antd";
import { useState } from "react";

import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { Consequence } from "@/ui/Consequence";
import { Refused } from "@/ui/Refused";
import { useDebounced } from "@/ui/useDebounced";

import { useCustomers, type Customer } from "./customersApi";
import { MergeComparison } from "./MergeComparison";
import { useMerge, useMergePreview } from "./personApi";

/** Another customer is found, compared, and merged into this one. */
export function MergeWith({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useT();
  const [words, setWords] = useState("");
  const [other, setOther] = useState<number | null>(null);
  const q = useDebounced(words.trim());
  const found = itemsOf(useCustomers({ q, tag_id: null, staff_id: null, store_id: null }, q.length > 0)).filter((each) => each.id !== customer.id);
  const preview = useMergePreview(customer.id, other);
  const merge = useMerge();
  const name = customer.attributes["name"];
  const plan = other === null ? undefined : preview.data;
  return (
    <Consequence
      open
      title={t("customers.mergeTitle")}
      act={plan ? t("customers.mergeAct", { name: typeof name === "string" && name ? name : `#${String(customer.id)}` }) : t("customers.mergeChoose")}
      ready={plan !== undefined}
      busy={merge.isPending}
      error={merge.error}
      onAct={() => { if (other !== null && plan) merge.mutate({ winner_id: customer.id, loser_id: other }, { onSuccess: onClose }); }}
      onClose={onClose}
    >
      <Select
        aria-label={t("customers.mergeFind")}
        placeholder={t("customers.mergeFind")}
        showSearch={{ filterOption: false, onSearch: setWords }}
        value={other}
        notFoundContent={q ? t("customers.nothing") : t("customers.search")}
        options={found.map((each) => ({ value: each.id, label: [each.name || t("common.unnamed", { id: each.id }), each.phone, each.city].filter(Boolean).join(" · ") }))}
        onChange={setOther}
      />
      <Refused error={other === null ? null : preview.error} />
      {plan && <MergeComparison plan={plan} />}
    </Consequence>
  );
}
