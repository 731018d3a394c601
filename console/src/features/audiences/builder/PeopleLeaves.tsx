import { Input, InputNumber, Select } from "antd";

import { useT } from "@/i18n";

import type { DependantNode, HasReferredNode, Leaf, RandomNode, ReferredByNode } from "../condition";
import { PeoplePick } from "@/ui/PeoplePick";
import { useVocabulary } from "../vocabulary";
import { Pick } from "./Pick";
import { useOpLabel } from "./useOpLabel";
import { WindowInput } from "./WindowInput";

/** 带来的人数 ≥ 3 */
export function HasReferredLeaf({ leaf, onChange }: { leaf: HasReferredNode; onChange: (leaf: Leaf) => void }) {
  const t = useT();
  const labelOf = useOpLabel();
  return (
    <>
      <WindowInput moving value={leaf.since} onChange={(since) => { onChange({ ...leaf, since }); }} />
      <span>{t("builder.referred")}</span>
      <Pick label={t("builder.choose")} value={leaf.op} options={["ge", "le", "eq", "ne", "gt", "lt"].map((each) => ({ value: each, label: labelOf(each) }))} onPick={(op) => { onChange({ ...leaf, op }); }} width={60} />
      <InputNumber aria-label={t("builder.value")} min={0} precision={0} value={typeof leaf.value === "number" ? leaf.value : 1} onChange={(value) => { if (value !== null) onChange({ ...leaf, value }); }} style={{ width: 76 }} />
    </>
  );
}

/** 被谁带来 */
export function ReferredByLeaf({ leaf, onChange }: { leaf: ReferredByNode; onChange: (leaf: Leaf) => void }) {
  const t = useT();
  return (
    <>
      <span>{t("builder.kindReferredBy")}</span>
      <PeoplePick
        label={t("builder.referrers")}
        placeholder={t("builder.referredAnyone")}
        values={leaf.customers ?? []}
        onPick={(customers) => { onChange(customers.length > 0 ? { kind: "referred_by", customers } : { kind: "referred_by" }); }}
      />
    </>
  );
}

/** 有 孩子，女，6–12 个月 */
export function DependantLeaf({ leaf, onChange }: { leaf: DependantNode; onChange: (leaf: Leaf) => void }) {
  const t = useT();
  const { dependants, stages } = useVocabulary();
  const { gender: _gender, stage: _stage, age_months: ages, ...bare } = leaf;
  const months = ages ?? [0, 216];
  const age = leaf.age_months ? { age_months: leaf.age_months } : {};
  const stage = leaf.stage ? { stage: leaf.stage } : {};
  const gender = leaf.gender ? { gender: leaf.gender } : {};
  return (
    <>
      <Pick label={t("builder.who")} value={leaf.who ?? "child"} options={dependants} onPick={(who) => { onChange({ ...leaf, who }); }} />
      <Select
        aria-label={t("builder.gender")}
        placeholder={t("builder.gender")}
        allowClear
        value={leaf.gender ?? null}
        options={[{ value: "female" as const, label: t("builder.female") }, { value: "male" as const, label: t("builder.male") }]}
        onChange={(next) => { onChange({ ...bare, ...stage, ...age, ...(next ? { gender: next } : {}) }); }}
        style={{ minWidth: 100 }}
      />
      {stages.length > 0 && (
        <Select
          aria-label={t("builder.stage")}
          placeholder={t("builder.stage")}
          allowClear
          value={leaf.stage ?? null}
          options={stages}
          onChange={(next) => { onChange({ ...bare, ...gender, ...(next ? { stage: next } : age) }); }}
          style={{ minWidth: 120 }}
        />
      )}
      {!leaf.stage && (
        <>
          <span>{t("builder.ageMonths")}</span>
          <InputNumber aria-label={t("builder.from")} min={0} max={months[1] - 1} precision={0} value={months[0]} onChange={(low) => { if (low !== null) onChange({ ...leaf, age_months: [low, months[1]] }); }} style={{ width: 72 }} />
          <span>{t("builder.monthsUntil")}</span>
          <InputNumber aria-label={t("builder.to")} min={months[0] + 1} max={1800} precision={0} value={months[1]} onChange={(high) => { if (high !== null) onChange({ ...leaf, age_months: [months[0], high] }); }} style={{ width: 72 }} />
          <span>{t("builder.months")}</span>
        </>
      )}
    </>
  );
}

/** 随机的 0% 到 10%，抽样名 A */
export function RandomLeaf({ leaf, onChange }: { leaf: RandomNode; onChange: (leaf: Leaf) => void }) {
  const t = useT();
  const from = leaf.from ?? 0;
  return (
    <>
      <span>{t("builder.kindRandom")}</span>
      <span className="faint">{t("builder.shareFrom")}</span>
      <InputNumber aria-label={t("builder.from")} min={0} max={leaf.to} precision={2} value={from} onChange={(next) => { if (next !== null) onChange({ ...leaf, from: next }); }} style={{ width: 76 }} />
      <span>{t("builder.shareTo")}</span>
      <InputNumber aria-label={t("builder.to")} min={from} max={100} precision={2} value={leaf.to} onChange={(next) => { if (next !== null) onChange({ ...leaf, to: next }); }} style={{ width: 76 }} />
      <span>%</span>
      <Input aria-label={t("builder.salt")} placeholder={t("builder.salt")} value={leaf.salt} maxLength={100} onChange={(event) => { onChange({ ...leaf, salt: event.target.value }); }} style={{ width: 110 }} />
    </>
  );
}
