import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";

import { currentSpeech } from "./store";

dayjs.extend(utc);
dayjs.extend(timezone);

let brandZone = "Asia/Shanghai";

/** Every time is told in the brand's zone from here on. */
export function tellTimesIn(zone: string): void {
  brandZone = zone;
}

export function timeZone(): string {
  return brandZone;
}

function locale(): string {
  return currentSpeech().language === "en-US" ? "en-US" : "zh-CN";
}

/** 12,408 */
export function whole(count: number): string {
  return count.toLocaleString("en-US");
}

/** 12.4 万 in Chinese, 124k in English; below ten thousand the number itself. */
export function large(count: number): string {
  if (Math.abs(count) < 10_000) return whole(count);
  if (locale() === "en-US") return english(count);
  return Math.abs(count) < 100_000_000 ? `${short(count / 10_000)} 万` : `${short(count / 100_000_000)} 亿`;
}

function english(count: number): string {
  return Math.abs(count) < 1_000_000 ? `${short(count / 1000)}k` : `${short(count / 1_000_000)}M`;
}

function short(value: number): string {
  const digits = Math.abs(value) < 100 ? 1 : 0;
  // Cut, not rounded: 99,999 people are not yet 10.0 万.
  const cut = Math.trunc(value * 10 ** digits) / 10 ** digits;
  return cut.toLocaleString("en-US", { maximumFractionDigits: digits });
}

/** 甲、乙 in Chinese, A, B in English. */
export function listed(words: string[]): string {
  return words.join(locale() === "en-US" ? ", " : "、");
}

/** +128, −4, 0: with a true minus. */
export function signed(count: number): string {
  if (count === 0) return "0";
  return `${count > 0 ? "+" : "−"}${whole(Math.abs(count))}`;
}

/** ¥1,280.00 from integer fen. */
export function money(fen: number): string {
  const yuan = Math.abs(fen) / 100;
  return `${fen < 0 ? "−" : ""}¥${yuan.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

export function percent(share: number, digits = 0): string {
  return `${(share * 100).toFixed(digits)}%`;
}

/** 2026-11-22 18:40:07 in the brand's zone. */
export function exact(at: string): string {
  return dayjs(at).tz(brandZone).format("YYYY-MM-DD HH:mm:ss");
}

export function minute(at: string): string {
  return dayjs(at).tz(brandZone).format("YYYY-MM-DD HH:mm");
}

export function day(at: string): string {
  return dayjs(at).tz(brandZone).format("YYYY-MM-DD");
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** 3 分钟前, 2 hours ago; under a minute 刚刚, just now. */
export function relative(at: string, now = Date.now()): string {
  const seconds = (dayjs(at).valueOf() - now) / 1000;
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) {
      return new Intl.RelativeTimeFormat(locale(), { numeric: "always" }).format(Math.trunc(seconds / length), unit);
    }
  }
  if (currentSpeech().language === "__keys__") return "0";
  return locale() === "en-US" ? "just now" : "刚刚";
}

/** 1.2 s, 85 ms */
export function took(milliseconds: number): string {
  return milliseconds < 1000 ? `${String(Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** 4.2 MB */
export function bytes(size: number): string {
  if (size < 1024) return `${String(size)} B`;
  if (size < 1024 ** 2) return `${(size / 1024).toFixed(0)} kB`;
  if (size < 1024 ** 3) return `${(size / 1024 ** 2).toFixed(1)} MB`;
  return `${(size / 1024 ** 3).toFixed(2)} GB`;
}
