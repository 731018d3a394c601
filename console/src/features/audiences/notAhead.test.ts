import dayjs from "dayjs";
import { describe, expect, it } from "vitest";

import { timeZone } from "@/i18n/format";

import { notAhead } from "./notAhead";

const now = dayjs.tz("2026-11-22 09:30", "Asia/Shanghai");
const day = (digits: string) => dayjs(`${digits} 00:00`);

describe("what a picker of instants offers", () => {
  it("is not still to come, and not before anything was kept", () => {
    const { disabledDate } = notAhead(now, dayjs.tz("2026-11-01 23:59", "Asia/Shanghai"));
    expect(timeZone()).toBe("Asia/Shanghai");
    expect(["2026-10-31", "2026-11-01", "2026-11-22", "2026-11-23"].map((each) => disabledDate(day(each)))).toEqual([true, false, false, true]);
  });

  it("reaches back as far as one likes where nothing bounds it", () => {
    expect(notAhead(now, null).disabledDate(day("2019-01-01"))).toBe(false);
  });

  it("ends at this minute today, and at midnight on other days", () => {
    const { disabledTime } = notAhead(now, null);
    const today = disabledTime(day("2026-11-22"));
    expect(today.disabledHours?.()[0]).toBe(10);
    expect(today.disabledMinutes?.(9)[0]).toBe(31);
    expect(today.disabledMinutes?.(8)).toEqual([]);
    expect(disabledTime(day("2026-11-21"))).toEqual({});
    expect(disabledTime(null)).toEqual({});
  });
});
