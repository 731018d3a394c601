import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useState } from "react";

import { useT } from "@/i18n";
import { minute, timeZone, whole } from "@/i18n/format";
import { Refused } from "@/ui/Refused";

import { useCountAt, type Audience } from "./audiencesApi";

/** How many were in at an earlier moment. */
export function AsOf({ audience }: { audience: Audience }) {
  const t = useT();
  const [instant, setInstant] = useState<string | null>(null);
  const counted = useCountAt(audience.id, instant);
  return (
    <div className="stack tight">
      <DatePicker
        showTime={{ format: "HH:mm" }}
        format="YYYY-MM-DD HH:mm"
        aria-label={t("audiences.asOfHint")}
        placeholder={t("audiences.asOfHint")}
        disabledDate={(day) => day.isAfter(dayjs())}
        onChange={(chosen: dayjs.Dayjs | null) => { setInstant(chosen ? dayjs.tz(chosen.format("YYYY-MM-DDTHH:mm:ss"), timeZone()).toISOString() : null); }}
      />
      {counted.data && instant && (
        <p role="status" className="tabular">
          {t("audiences.asOfAnswer", { at: minute(instant), n: whole(counted.data.count) })}
        </p>
      )}
      <Refused error={counted.error} />
    </div>
  );
}
