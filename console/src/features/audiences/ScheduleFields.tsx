import { Form, Select } from "antd";

import { useT } from "@/i18n";

import { schedules, useScheduleWord } from "./useScheduleWord";

const WEEKDAYS = ["weekday0", "weekday1", "weekday2", "weekday3", "weekday4", "weekday5", "weekday6"] as const;

/** How often it is judged anew. */
export function ScheduleFields() {
  const t = useT();
  const wordOf = useScheduleWord();
  const schedule: unknown = Form.useWatch("schedule");
  return (
    <>
      <Form.Item name="schedule" label={t("audiences.scheduleTitle")}>
        <Select options={schedules.map((each) => ({ value: each, label: wordOf(each, true) }))} />
      </Form.Item>
      <div className="row">
        {schedule === "weekly" && (
          <Form.Item name="refresh_weekday" label={t("audiences.weekday")}>
            <Select options={WEEKDAYS.map((each, place) => ({ value: place, label: t(`audiences.${each}`) }))} style={{ width: 120 }} />
          </Form.Item>
        )}
        {(schedule === "daily" || schedule === "weekly") && (
          <Form.Item name="refresh_hour" label={t("audiences.hour")}>
            <Select options={Array.from({ length: 24 }, (_, hour) => ({ value: hour, label: `${String(hour)}:00` }))} style={{ width: 120 }} />
          </Form.Item>
        )}
      </div>
    </>
  );
}
