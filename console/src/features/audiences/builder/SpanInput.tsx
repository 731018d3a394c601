import { InputNumber, Space } from "antd";

import { useT } from "@/i18n";

import type { Span, Unit } from "../condition";
import { Pick } from "./Pick";

const UNITS: Unit[] = ["minute", "hour", "day", "week", "month", "year"];

/** A length of time; an exact one knows no months and years. */
export function SpanInput({ label, value, onChange, exact, whole }: { label: string; value: Span; onChange: (value: Span) => void; exact?: boolean; whole?: boolean }) {
  const t = useT();
  const units = UNITS.filter((each) => !(exact && (each === "month" || each === "year")) && !(whole && (each === "minute" || each === "hour")));
  return (
    <Space.Compact>
      <InputNumber aria-label={label} min={1} max={5_256_000} precision={0} value={value.amount} onChange={(amount) => { if (amount) onChange({ ...value, amount }); }} style={{ width: 72 }} />
      <Pick label={t("builder.unit")} value={value.unit} options={units.map((each) => ({ value: each, label: t(`builder.${each}`) }))} onPick={(unit) => { onChange({ ...value, unit }); }} width={80} />
    </Space.Compact>
  );
}
