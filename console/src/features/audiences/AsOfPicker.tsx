import { Button, DatePicker } from "antd";
import dayjs from "dayjs";
import { memo, useState } from "react";

import { useT } from "@/i18n";
import { timeZone } from "@/i18n/format";

import { notAhead } from "./notAhead";

interface AsOfProps {
  at: string | null;
  label: string;
  /** What stands in the box while it is now. */
  placeholder: string;
  /** Before it there is nothing to see. */
  since?: string;
  onAt: (at: string | null) => void;
}

/** Now, or an earlier instant, on the brand's clock. It is drawn anew only where it changes: what it stands beside changes with every key. */
export const AsOfPicker = memo(function AsOfPicker({ at, label, placeholder, since, onAt }: AsOfProps) {
  const t = useT();
  const [now, setNow] = useState(() => dayjs().tz(timeZone()));
  const first = since === undefined ? null : dayjs(since).tz(timeZone());
  const ago = [
    { label: t("audiences.asOfYesterday"), value: now.subtract(1, "day") },
    { label: t("audiences.asOfWeek"), value: now.subtract(7, "day") },
    { label: t("audiences.asOfMonth"), value: now.subtract(30, "day") },
  ];
  const choose = (chosen: dayjs.Dayjs | null) => {
    // What the picker shows is the brand's clock, whatever clock the reader's machine has.
    onAt(chosen ? dayjs.tz(chosen.format("YYYY-MM-DDTHH:mm:ss"), timeZone()).toISOString() : null);
  };
  return (
    <span className="row wrapping">
      <DatePicker
        showTime={{ format: "HH:mm" }}
        format="YYYY-MM-DD HH:mm"
        aria-label={label}
        placeholder={placeholder}
        value={at ? dayjs(at).tz(timeZone()) : null}
        presets={ago.filter((each) => first === null || each.value.isAfter(first))}
        showNow={false}
        {...notAhead(now, first)}
        onOpenChange={(open) => { if (open) setNow(dayjs().tz(timeZone())); }}
        onChange={choose}
        classNames={{ popup: { root: "as-of" } }}
        style={{ width: 210 }}
      />
      {at && <Button onClick={() => { onAt(null); }}>{t("audiences.asOfNow")}</Button>}
    </span>
  );
});
