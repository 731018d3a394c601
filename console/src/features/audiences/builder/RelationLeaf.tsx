import { useT } from "@/i18n";

import type { Leaf, RelationNode } from "../condition";
import { useVocabulary } from "../vocabulary";
import { Pick, PickMany } from "./Pick";
import { numbered } from "./shapes";
import { WindowInput } from "./WindowInput";

/** 员工 是 阿华，跟进状态 … */
export function RelationLeaf({ leaf, onChange }: { leaf: RelationNode; onChange: (leaf: Leaf) => void }) {
  const t = useT();
  const vocabulary = useVocabulary();
  const people = { staff: vocabulary.staff, store: vocabulary.stores, group: vocabulary.groups }[leaf.to];
  const ops = [
    { value: "any" as const, label: t("builder.relAny") },
    { value: "in" as const, label: t("builder.relIn") },
    { value: "none" as const, label: t("builder.relNone") },
    ...(leaf.to === "group" ? [] : [{ value: "mine" as const, label: t("builder.relMine") }]),
  ];
  const to = [
    { value: "staff" as const, label: t("builder.relStaff") },
    { value: "store" as const, label: t("builder.relStore") },
    { value: "group" as const, label: t("builder.relGroup") },
  ];
  return (
    <>
      <Pick label={t("builder.kindRelation")} value={leaf.to} options={to} onPick={(next) => { onChange({ kind: "relation", to: next, op: "any" }); }} />
      <Pick
        label={t("builder.choose")}
        value={leaf.op}
        options={ops}
        onPick={(op) => {
          const { ids, ...rest } = leaf;
          onChange({ ...rest, op, ...(op === "in" ? { ids: ids ?? [] } : {}) });
        }}
      />
      {leaf.op === "in" && <PickMany label={t("builder.choose")} values={leaf.ids ?? []} options={people.map(numbered)} onPick={(ids) => { onChange({ ...leaf, ids }); }} />}
      {leaf.to === "staff" && vocabulary.statuses.length > 0 && (
        <PickMany
          label={t("builder.statuses")}
          values={leaf.statuses ?? []}
          options={vocabulary.statuses}
          onPick={(statuses) => {
            const { statuses: _before, ...rest } = leaf;
            onChange(statuses.length > 0 ? { ...rest, statuses } : rest);
          }}
        />
      )}
      {leaf.op !== "none" && <WindowInput moving value={leaf.since} onChange={(since) => { onChange({ ...leaf, since }); }} />}
    </>
  );
}
