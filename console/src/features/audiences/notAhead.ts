import type { Dayjs } from "dayjs";

const upTo = (from: number, below: number) => Array.from({ length: Math.max(0, below - from) }, (_, place) => from + place);

/**
 * What a picker must not offer: what is still to come, and the days before `first`.
 *
 * The days of a picker carry the brand's digits on the clock of the reader's machine, so digits are compared.
 */
export function notAhead(now: Dayjs, first: Dayjs | null) {
  const today = now.format("YYYY-MM-DD");
  return {
    disabledDate: (each: Dayjs) => each.format("YYYY-MM-DD") > today || (first !== null && each.format("YYYY-MM-DD") < first.format("YYYY-MM-DD")),
    disabledTime: (each: Dayjs | null) => {
      if (each?.format("YYYY-MM-DD") !== today) return {};
      return {
        disabledHours: () => upTo(now.hour() + 1, 24),
        disabledMinutes: (hour: number) => (hour === now.hour() ? upTo(now.minute() + 1, 60) : []),
      };
    },
  };
}
