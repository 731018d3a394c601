import { Select } from "antd";
import { useState } from "react";

import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Consequence } from "@/ui/Consequence";
import { Refused } from "@/ui/Refused";
import { useDebounced } from "@/ui/useDebounced";

import { useMergePreview, useMergeTag, useTags, type Tag } from "./tagsApi";

/** Two tags become one: first how many customers that is, then the act. */
export function MergeDialog({ tag, onClose, onMerged }: { tag: Tag; onClose: () => void; onMerged: (into: number) => void }) {
  const t = useT();
  const [words, setWords] = useState("");
  const [into, setInto] = useState<Tag | null>(null);
  const others = itemsOf(useTags({ group_id: null, search: useDebounced(words.trim()), archived: false })).filter((each) => each.id !== tag.id);
  const preview = useMergePreview(tag.id, into?.id ?? null);
  const merge = useMergeTag(tag.id);
  const plan = into ? preview.data : undefined;
  return (
    <Consequence
      open
      harmful
      title={t("tags.mergeTitle", { name: tag.name })}
      act={into && plan ? t("tags.mergeAct", { into: into.name, n: whole(plan.having_this) }) : t("tags.mergeChoose")}
      busy={merge.isPending || (into !== null && preview.isPending)}
      error={merge.error}
      onAct={() => { if (into && plan) merge.mutate(into.id, { onSuccess: () => { onMerged(into.id); } }); }}
      onClose={onClose}
    >
      <Select
        aria-label={t("tags.mergeInto")}
        placeholder={t("tags.mergeInto")}
        showSearch={{ filterOption: false, onSearch: setWords }}
        value={into?.id ?? null}
        onChange={(id) => { setInto(others.find((each) => each.id === id) ?? null); }}
        options={others.map((each) => ({ value: each.id, label: `${each.group_name} · ${each.name}` }))}
      />
      <Refused error={into ? preview.error : null} />
      {into && plan && (
        <>
          <p>
            {t("tags.mergePlan", {
              name: tag.name,
              into: into.name,
              this: whole(plan.having_this),
              into_n: whole(plan.having_into),
              both: whole(plan.having_both),
              either: whole(plan.having_either),
            })}
          </p>
          {plan.would_lose_another > 0 && <p>{t("tags.mergeLose", { n: whole(plan.would_lose_another) })}</p>}
          <p className="quiet">{t("tags.mergeNoUndo")}</p>
        </>
      )}
    </Consequence>
  );
}
