import dayjs from "dayjs";

import { timeZone } from "@/i18n/format";

/** The brand's local days from so many days ago to today. */
export function localDays(ago: number): { first: string; last: string } {
  const today = dayjs().tz(timeZone());
  return { first: today.subtract(ago, "day").format("YYYY-MM-DD"), last: today.format("YYYY-MM-DD") };
}
