import { Button, DatePicker } from "antd";
import dayjs from "dayjs";

import { useT } from "@/i18n";
import { timeZone } from "@/i18n/format";

interface AsOfProps {
  at: string | null;
  /** Before it there is nothing to see. */
  since: string;
  onAt: (at: string | null) => void;
}

/** Now, or an earlier instant, on the brand's clock. */
export function AsOfPicker({ at, since, onAt }: AsOfProps) {
  const t = useT();
  const now = dayjs().tz(timeZone());
  const first = dayjs(since).tz(timeZone());
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
        aria-label={t("audiences.asOfHint")}
        placeholder={t("audiences.asOfHint")}
        value={at ? dayjs(at).tz(timeZone()) : null}
        presets={ago.filter((each) => each.value.isAfter(first))}
        showNow={false}
        disabledDate={(each) => each.isAfter(now, "day") || each.isBefore(first, "day")}
        onChange={choose}
        style={{ width: 210 }}
      />
      {at && <Button onClick={() => { onAt(null); }}>{t("audiences.asOfNow")}</Button>}
    </span>
  );
}
