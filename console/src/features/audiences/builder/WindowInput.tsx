import { DatePicker, InputNumber } from "antd";
import dayjs from "dayjs";

import { useT } from "@/i18n";

import type { Window } from "../condition";
import { PeriodInput } from "./PeriodInput";
import { Pick } from "./Pick";
import { SpanInput } from "./SpanInput";

const FRESH: Record<Window["kind"], Window> = {
  ever: { kind: "ever" },
  rolling: { kind: "rolling", amount: 30, unit: "day" },
  absolute: { kind: "absolute", from: dayjs().startOf("month").format("YYYY-MM-DD"), to: null },
  calendar: { kind: "calendar", period: "this", unit: "month" },
  anniversary: { kind: "anniversary", years: 1, before: 7, after: 7 },
};

/** When: ever, in the last 30 days, between dates, this month, around today in past years. */
export function WindowInput({ value, onChange, moving }: { value: Window | undefined; onChange: (value: Window) => void; moving?: boolean }) {
  const t = useT();
  const window = value ?? FRESH.ever;
  const kinds = (["ever", "rolling", "calendar", "absolute", "anniversary"] as const).filter((each) => !(moving && each === "anniversary"));
  return (
    <>
      <Pick label={t("builder.since")} value={window.kind} options={kinds.map((each) => ({ value: each, label: t(`builder.${each}`) }))} onPick={(kind) => { onChange(FRESH[kind]); }} width={72} />
      <Inside window={window} onChange={onChange} />
    </>
  );
}

function Inside({ window, onChange }: { window: Window; onChange: (value: Window) => void }) {
  const t = useT();
  switch (window.kind) {
    case "ever":
      return null;
    case "rolling":
      return <SpanInput label={t("builder.rolling")} value={window} onChange={(span) => { onChange({ kind: "rolling", ...span }); }} />;
    case "calendar":
      return <PeriodInput value={window} onChange={(period) => { onChange({ ...period, kind: "calendar" }); }} />;
    case "absolute":
      return (
        <DatePicker.RangePicker
          aria-label={t("builder.absolute")}
          allowEmpty={[true, true]}
          value={[window.from ? dayjs(window.from) : null, window.to ? dayjs(window.to) : null]}
          onChange={(range) => {
            onChange({ kind: "absolute", from: range?.[0]?.format("YYYY-MM-DD") ?? null, to: range?.[1]?.format("YYYY-MM-DD") ?? null });
          }}
        />
      );
    case "anniversary":
      return (
        <>
          <Days label={t("builder.anniversary")} value={window.years} least={1} most={50} onChange={(years) => { onChange({ ...window, years }); }} />
          <span>{t("builder.yearsAgo")}</span>
          <Days label={t("builder.daysBefore")} value={window.before ?? 0} least={0} most={180} onChange={(before) => { onChange({ ...window, before }); }} />
          <span>{t("builder.daysBefore")}</span>
          <Days label={t("builder.daysAfter")} value={window.after ?? 0} least={0} most={180} onChange={(after) => { onChange({ ...window, after }); }} />
          <span>{t("builder.daysAfter")}</span>
        </>
      );
  }
}

function Days({ label, value, least, most, onChange }: { label: string; value: number; least: number; most: number; onChange: (value: number) => void }) {
  return <InputNumber aria-label={label} min={least} max={most} precision={0} value={value} onChange={(days) => { if (days !== null) onChange(days); }} style={{ width: 64 }} />;
}
