import { InputNumber } from "antd";

import { useT } from "@/i18n";

import type { Period } from "../condition";
import { Pick } from "./Pick";

const UNITS = ["day", "week", "month", "quarter", "year"] as const;
const ONE = UNITS.flatMap((unit) => (["this", "last"] as const).map((period) => ({ period, unit })));
const capital = { day: "Day", week: "Week", month: "Month", quarter: "Quarter", year: "Year" } as const;

/** A period of the calendar: this one, the one before, or the last few complete ones. */
export function PeriodInput({ value, onChange }: { value: Period; onChange: (value: Period) => void }) {
  const t = useT();
  const options = [
    ...ONE.map(({ period, unit }) => ({ value: `${period}-${unit}`, label: t(`builder.${period}${capital[unit]}`) })),
    { value: "past", label: t("builder.past") },
  ];
  const pick = (chosen: string) => {
    const found = ONE.find(({ period, unit }) => chosen === `${period}-${unit}`);
    onChange(found ?? { period: "past", unit: value.unit, count: value.count ?? 3 });
  };
  return (
    <>
      <Pick label={t("builder.calendar")} value={value.period === "past" ? "past" : `${value.period}-${value.unit}`} options={options} onPick={pick} />
      {value.period === "past" && (
        <>
          <InputNumber aria-label={t("builder.past")} min={1} max={400} precision={0} value={value.count ?? 1} onChange={(count) => { if (count) onChange({ ...value, count }); }} style={{ width: 64 }} />
          <Pick label={t("builder.unit")} value={value.unit} options={UNITS.map((each) => ({ value: each, label: t(`builder.${each}`) }))} onPick={(unit) => { onChange({ ...value, unit }); }} />
        </>
      )}
    </>
  );
}
