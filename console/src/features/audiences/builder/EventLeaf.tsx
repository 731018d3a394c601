import { InputNumber } from "antd";

import { useT } from "@/i18n";

import { needsProperty, type EventNode, type Leaf, type Measure, type Value } from "../condition";
import { propertiesOf, useVocabulary } from "../vocabulary";
import { EventTypes, EventWhere } from "./EventsInput";
import { Pick } from "./Pick";
import { listOf } from "./shapes";
import { useOpLabel } from "./useOpLabel";
import { ValueInput } from "./ValueInput";
import { WindowInput } from "./WindowInput";

const MEASURES: Measure[] = ["count", "days", "sum", "avg", "min", "max", "distinct"];
const OPS = ["ge", "le", "eq", "ne", "gt", "lt", "between"];

/** 近 30 天 收藏 ≥ 1 次 */
export function EventLeaf({ leaf, onChange }: { leaf: EventNode; onChange: (leaf: Leaf) => void }) {
  const shown = spelled(leaf);
  return (
    <>
      <WindowInput value={leaf.window} onChange={(window) => { onChange({ ...leaf, window }); }} />
      <EventTypes events={leaf} onChange={(events) => { onChange({ ...leaf, ...events }); }} />
      <MeasureInput leaf={shown} onChange={onChange} />
      <EventWhere events={leaf} onChange={(events) => { onChange({ ...leaf, ...events }); }} />
    </>
  );
}

/** `did` and a missing comparison are short for counts. */
function spelled({ did, ...leaf }: EventNode): EventNode {
  if (did === false) return { ...leaf, op: "eq", value: 0 };
  return leaf.op === undefined ? { ...leaf, op: "ge", value: 1 } : leaf;
}

function MeasureInput({ leaf, onChange }: { leaf: EventNode; onChange: (leaf: Leaf) => void }) {
  const t = useT();
  const labelOf = useOpLabel();
  const measure = leaf.measure ?? "count";
  const properties = propertiesOf(useVocabulary(), leaf.types ?? []).filter((each) => (measure === "distinct" ? each.kind !== "list" : each.kind === "number" || each.kind === "money"));
  const pickMeasure = (next: Measure) => {
    const { property, ...rest } = leaf;
    onChange({ ...rest, measure: next, ...(needsProperty(next) && property ? { property } : {}) });
  };
  const op = leaf.op ?? "ge";
  const pickOp = (next: string) => {
    const single = Array.isArray(leaf.value) ? (leaf.value[0] ?? 1) : (leaf.value ?? 1);
    const value: Value = next === "between" ? (Array.isArray(leaf.value) ? leaf.value : [0, 0]) : single;
    onChange({ ...leaf, op: next, value });
  };
  return (
    <>
      <Pick label={t("builder.count")} value={measure} options={MEASURES.map((each) => ({ value: each, label: t(`builder.${each}`) }))} onPick={pickMeasure} width={72} />
      {needsProperty(measure) && (
        <Pick
          label={t("builder.ofProperty")}
          value={leaf.property}
          options={properties.map((each) => ({ value: each.name, label: each.label }))}
          onPick={(property) => { onChange({ ...leaf, property }); }}
        />
      )}
      <Pick label={t("builder.choose")} value={op} options={OPS.map((each) => ({ value: each, label: labelOf(each) }))} onPick={pickOp} width={60} />
      <Amount leaf={leaf} money={measure !== "distinct" && properties.find((each) => each.name === leaf.property)?.kind === "money"} onChange={(value) => { onChange({ ...leaf, value }); }} />
      {measure === "count" && <span>{t("builder.times")}</span>}
      {measure === "days" && <span>{t("builder.daysUnit")}</span>}
    </>
  );
}

function Amount({ leaf, money, onChange }: { leaf: EventNode; money: boolean; onChange: (value: Value) => void }) {
  const t = useT();
  if (leaf.op === "between") {
    const [low = 0, high = 0] = listOf(leaf.value).map(Number);
    return (
      <>
        <One label={t("builder.from")} value={low} money={money} onChange={(next) => { onChange([next, high]); }} />
        <span>{t("builder.until")}</span>
        <One label={t("builder.to")} value={high} money={money} onChange={(next) => { onChange([low, next]); }} />
      </>
    );
  }
  return <One label={t("builder.value")} value={typeof leaf.value === "number" ? leaf.value : 1} money={money} onChange={onChange} />;
}

function One({ label, value, money, onChange }: { label: string; value: number; money: boolean; onChange: (value: number) => void }) {
  const set = (next: Value) => {
    if (typeof next === "number") onChange(next);
  };
  if (money) return <ValueInput kind="money" choices={[]} label={label} value={value} onChange={set} />;
  return <InputNumber aria-label={label} min={0} value={value} onChange={set} style={{ width: 76 }} />;
}
