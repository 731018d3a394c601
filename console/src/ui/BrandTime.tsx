import { DatePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";

import { useT } from "@/i18n";
import { timeZone } from "@/i18n/format";

interface BrandTimeProps {
  label: string;
  /** An instant; null while none is chosen. */
  value: string | null;
  onChange: (at: string | null) => void;
}

const upTo = (below: number) => Array.from({ length: Math.max(0, below) }, (_, place) => place);

/** A time to come on the brand's clock, whatever clock the reader's machine has; it says which. */
export function BrandTime({ label, value, onChange }: BrandTimeProps) {
  const t = useT();
  const [now, setNow] = useState(() => dayjs().tz(timeZone()));
  const today = now.format("YYYY-MM-DD");
  return (
    <span className="row wrapping">
      <DatePicker
        aria-label={label}
        placeholder={label}
        showTime={{ format: "HH:mm" }}
        format="YYYY-MM-DD HH:mm"
        showNow={false}
        value={value === null ? null : dayjs(value).tz(timeZone())}
        disabledDate={(each: Dayjs) => each.format("YYYY-MM-DD") < today}
        disabledTime={(each: Dayjs | null) => (each?.format("YYYY-MM-DD") === today ? { disabledHours: () => upTo(now.hour()), disabledMinutes: (hour: number) => (hour === now.hour() ? upTo(now.minute() + 1) : []) } : {})}
        onOpenChange={(open) => { if (open) setNow(dayjs().tz(timeZone())); }}
        onChange={(chosen: Dayjs | null) => { onChange(chosen ? instantOf(chosen) : null); }}
        style={{ width: 200 }}
      />
      <span className="small faint">{t("common.brandClock", { zone: timeZone() })}</span>
    </span>
  );
}

/** The instant at which the brand's clock shows these digits. */
export function instantOf(shown: Dayjs): string {
  return dayjs.tz(shown.format("YYYY-MM-DDTHH:mm:00"), timeZone()).toISOString();
}
