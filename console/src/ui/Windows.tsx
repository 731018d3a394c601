import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";

import "./windows.css";

export type WeekWindow = components["schemas"]["WeekWindow"];

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

const HALF_HOURS = Array.from({ length: 48 }, (_, n) => `${String(Math.floor(n / 2)).padStart(2, "0")}:${n % 2 ? "30" : "00"}`);
const WEEKDAYS = [1, 2, 3, 4, 5];

/** Hours of weekdays, a row each; the days are buttons, so that a week is set with a few presses. */
export function Windows({ label, windows, onChange }: { label: string; windows: WeekWindow[]; onChange: (windows: WeekWindow[]) => void }) {
  const t = useT();
  const put = (place: number, some: Partial<WeekWindow>) => { onChange(windows.map((each, n) => (n === place ? { ...each, ...some } : each))); };
  return (
    <div className="stack tight" role="group" aria-label={label}>
      {windows.map((window, place) => (
        <div key={place} className="row wrapping shift-window">
          <Days days={window.days} onChange={(days) => { put(place, { days }); }} />
          <Hour label={t("acquisition.from")} value={window.begin ?? "00:00"} options={HALF_HOURS} onChange={(begin) => { put(place, { begin }); }} />
          <span aria-hidden>–</span>
          <Hour label={t("acquisition.until")} value={window.end ?? "24:00"} options={[...HALF_HOURS.slice(1), "24:00"]} onChange={(end) => { put(place, { end }); }} />
          <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("common.remove")} onClick={() => { onChange(windows.filter((_, n) => n !== place)); }} />
        </div>
      ))}
      <span>
        <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => { onChange([...windows, { days: WEEKDAYS, begin: "09:00", end: "18:00" }]); }}>
          {t(windows.length === 0 ? "acquisition.onlyAt" : "acquisition.moreHours")}
        </Button>
      </span>
    </div>
  );
}

function Days({ days, onChange }: { days: number[]; onChange: (days: number[]) => void }) {
  const t = useT();
  const turn = (day: number) => {
    const next = days.includes(day) ? days.filter((each) => each !== day) : [...days, day].sort((a, b) => a - b);
    if (next.length > 0) onChange(next);
  };
  return (
    <span className="days">
      {weekdays.map((day) => (
        <button key={day} type="button" className="day" aria-pressed={days.includes(day)} aria-label={t(`acquisition.day${day}`)} onClick={() => { turn(day); }}>
          {t(`acquisition.dayShort${day}`)}
        </button>
      ))}
    </span>
  );
}

function Hour({ label, value, options, onChange }: { label: string; value: string; options: string[]; onChange: (hour: string) => void }) {
  const all = options.includes(value) ? options : [value, ...options];
  return <Select aria-label={label} size="small" showSearch value={value} onChange={onChange} options={all.map((each) => ({ value: each, label: each }))} style={{ width: 92 }} />;
}
