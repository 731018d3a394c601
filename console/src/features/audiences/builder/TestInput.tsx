import { InputNumber, Select } from "antd";

import { useT } from "@/i18n";

import type { Anniversary, Test, Value } from "../condition";
import { operators, useVocabulary, type FieldWord } from "../vocabulary";
import { PeriodInput } from "./PeriodInput";
import { Pick as PickOne, PickMany } from "./Pick";
import { choicesOf, freshTest, isAnniversary, isPeriod, isSpan, listOf, shapeOf } from "./shapes";
import { SpanInput } from "./SpanInput";
import { useOpLabel } from "./useOpLabel";
import { ValueInput } from "./ValueInput";

interface TestInputProps {
  field: Pick<FieldWord, "kind" | "choices">;
  test: Test;
  onChange: (test: Test) => void;
}

/** What is asked of a value: the operator, and what it takes as fits the kind. */
export function TestInput({ field, test, onChange }: TestInputProps) {
  const t = useT();
  const labelOf = useOpLabel();
  return (
    <>
      <PickOne
        label={t("builder.choose")}
        value={test.op}
        options={operators[field.kind].map((op) => ({ value: op, label: labelOf(op) }))}
        onPick={(op) => { onChange(freshTest(op, field.kind, test)); }}
        width={72}
      />
      <Taken field={field} test={test} onChange={onChange} />
    </>
  );
}

function Taken({ field, test, onChange }: TestInputProps) {
  const t = useT();
  const { value } = test;
  const set = (next: Value) => {
    onChange({ ...test, value: next });
  };
  switch (shapeOf(test.op)) {
    case "none":
      return null;
    case "span":
      return <SpanInput label={t("builder.value")} value={isSpan(value) ? value : { amount: 1, unit: "year" }} onChange={set} whole={field.kind === "date"} />;
    case "period":
      return <PeriodInput value={isPeriod(value) ? value : { period: "this", unit: "month" }} onChange={set} />;
    case "anniversary":
      return <AnniversaryInput value={isAnniversary(value) ? value : { within_days: 7 }} onChange={set} />;
    case "many":
      return <Many field={field} values={listOf(value)} onChange={set} />;
    case "between":
      return <Both field={field} values={listOf(value)} onChange={set} />;
    case "one":
      return <ValueInput kind={field.kind} choices={field.choices} label={t("builder.value")} value={value} onChange={set} />;
  }
}

function Many({ field, values, onChange }: { field: TestInputProps["field"]; values: (string | number)[]; onChange: (value: Value) => void }) {
  const t = useT();
  const choices = choicesOf(field, useVocabulary());
  if (choices) return <PickMany label={t("builder.choose")} values={values} options={choices} onPick={onChange} />;
  return (
    <Select
      mode="tags"
      open={false}
      suffixIcon={null}
      tokenSeparators={[",", "，", "、", "\n"]}
      aria-label={t("builder.values")}
      placeholder={field.kind === "region" ? t("builder.regions") : t("builder.values")}
      value={values.map(String)}
      onChange={(written: string[]) => { onChange(field.kind === "number" ? written.map(Number).filter((each) => !Number.isNaN(each)) : written); }}
      style={{ minWidth: 180, flex: "1 1 180px", maxWidth: 420 }}
    />
  );
}

function Both({ field, values, onChange }: { field: TestInputProps["field"]; values: (string | number)[]; onChange: (value: Value) => void }) {
  const t = useT();
  const [low = "", high = ""] = values;
  const plain = (value: Value): string | number => (typeof value === "number" || typeof value === "string" ? value : "");
  return (
    <>
      <ValueInput kind={field.kind} choices={[]} label={t("builder.from")} value={low} onChange={(value) => { onChange([plain(value), high]); }} />
      <span>{t("builder.until")}</span>
      <ValueInput kind={field.kind} choices={[]} label={t("builder.to")} value={high} onChange={(value) => { onChange([low, plain(value)]); }} />
    </>
  );
}

function AnniversaryInput({ value, onChange }: { value: Anniversary; onChange: (value: Value) => void }) {
  const t = useT();
  const days = "within_days" in value ? value.within_days : null;
  const chosen = days === null ? "month" : days === 0 ? "today" : "days";
  const fresh: Record<string, Anniversary> = { month: { this: "month" }, today: { within_days: 0 }, days: { within_days: 7 } };
  return (
    <>
      {chosen === "days" && <InputNumber aria-label={t("builder.daysAhead")} min={1} max={365} precision={0} value={days} onChange={(next) => { if (next) onChange({ within_days: next }); }} style={{ width: 64 }} />}
      <PickOne
        label={t("builder.ops.anniversary")}
        value={chosen}
        options={[
          { value: "days", label: t("builder.daysAhead") },
          { value: "today", label: t("builder.today") },
          { value: "month", label: t("builder.monthOf") },
        ]}
        onPick={(next) => { onChange(fresh[next] ?? value); }}
      />
    </>
  );
}
