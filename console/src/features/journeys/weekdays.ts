import type { MessageKey } from "@/i18n";

/** The days of the week as graphs number them: Monday is 0. */
export const weekdays: MessageKey[] = ["audiences.weekday0", "audiences.weekday1", "audiences.weekday2", "audiences.weekday3", "audiences.weekday4", "audiences.weekday5", "audiences.weekday6"];
