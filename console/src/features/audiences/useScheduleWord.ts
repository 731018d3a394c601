import { useT, type MessageKey } from "@/i18n";

import type { Audience } from "./audiencesApi";

type Schedule = Audience["schedule"];

export const schedules = ["on_time", "hourly", "daily", "weekly", "manual"] as const;

const words: Record<Schedule, MessageKey> = {
  on_time: "audiences.onTime",
  hourly: "audiences.hourly",
  daily: "audiences.daily",
  weekly: "audiences.weekly",
  manual: "audiences.manual",
};

/** How a schedule is called; in short the part before the colon. */
export function useScheduleWord(): (schedule: Schedule, long?: boolean) => string {
  const t = useT();
  return (schedule, long) => (long ? t(words[schedule]) : (t(words[schedule]).split(/[：:]/)[0] ?? ""));
}
