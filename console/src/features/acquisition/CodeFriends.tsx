import { Segmented } from "antd";
import dayjs from "dayjs";
import { useState } from "react";

import { useT } from "@/i18n";
import { day, timeZone, whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Growth } from "@/ui/Growth";
import { Panel } from "@/ui/Panel";

import { useStatistics, type CodeDetail, type CodeStatistics } from "./acquisitionApi";

const SPANS = [7, 30, 90] as const;

/** Who came: day by day, at which hours, to whom. */
export function CodeFriends({ code }: { code: CodeDetail }) {
  const t = useT();
  const [days, setDays] = useState<number>(30);
  const now = dayjs().tz(timeZone());
  const statistics = useStatistics(code.id, day(now.subtract(days - 1, "day").toISOString()), day(now.toISOString()));
  return (
    <Panel title={t("acquisition.friends")} extra={<Segmented size="small" aria-label={t("acquisition.span")} value={days} options={SPANS.map((each) => ({ value: each, label: t("common.days", { n: each }) }))} onChange={setDays} />}>
      <Answered query={statistics}>{(found) => (found.total === 0 ? <p className="faint">{t("acquisition.nobodyYet")}</p> : <Found found={found} />)}</Answered>
    </Panel>
  );
}

function Found({ found }: { found: CodeStatistics }) {
  const t = useT();
  const peak = found.by_hour.indexOf(Math.max(...found.by_hour));
  return (
    <div className="stack">
      <p>{t("acquisition.came", { n: whole(found.total), hour: `${String(peak)}:00–${String(peak + 1)}:00` })}</p>
      <Growth label={t("acquisition.byDay")} points={found.by_day.map((each) => ({ at: each.day, value: each.friends }))} />
      <Hours hours={found.by_hour} />
      {found.by_staff.length > 0 && <Shares found={found} />}
    </div>
  );
}

/** The hours of the day as columns on one base. */
function Hours({ hours }: { hours: number[] }) {
  const t = useT();
  const most = Math.max(1, ...hours);
  return (
    <figure className="hours" aria-label={t("acquisition.byHour")}>
      <figcaption className="quiet small">{t("acquisition.byHour")}</figcaption>
      <div className="hours-columns" role="img" aria-label={hours.map((each, hour) => `${String(hour)}:00 ${whole(each)}`).join(", ")}>
        {hours.map((each, hour) => (
          <span key={hour} title={`${String(hour)}:00 · ${whole(each)}`}>
            <i style={{ height: `${String((each / most) * 100)}%` }} />
            <small className="faint tabular">{hour % 6 === 0 ? hour : ""}</small>
          </span>
        ))}
      </div>
    </figure>
  );
}

function Shares({ found }: { found: CodeStatistics }) {
  const t = useT();
  const most = Math.max(1, ...found.by_staff.map((each) => each.friends));
  return (
    <dl className="shares" aria-label={t("acquisition.byStaff")}>
      {found.by_staff.map((each) => (
        <div key={each.staff_id}>
          <dt className="clip">{each.name}</dt>
          <dd>
            <i style={{ width: `${String((each.friends / most) * 100)}%` }} />
            <span className="tabular">{whole(each.friends)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
