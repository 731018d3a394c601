import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dayjs from "dayjs";

import { client, unwrap } from "@/api/client";
import type { components } from "@/api/schema";
import { timeZone } from "@/i18n/format";

import { reachKeys } from "./policyApi";

export type Rate = components["schemas"]["RateOut"];
export const BY = ["channel", "purpose"] as const;
export type By = (typeof BY)[number];

/** From the Monday `weeks` weeks ago until the end of this week, on the brand's clock. */
export function spanOf(weeks: number): { since: string; until: string } {
  const today = dayjs().tz(timeZone()).startOf("day");
  const monday = today.subtract((today.day() + 6) % 7, "day");
  return { since: monday.subtract(weeks - 1, "week").toISOString(), until: monday.add(1, "week").toISOString() };
}

export function useRates(weeks: number, by: By) {
  const span = spanOf(weeks);
  return useQuery({
    queryKey: [...reachKeys.all, "rates", span, by],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/reach/rates", { params: { query: { ...span, by } }, signal })),
    placeholderData: keepPreviousData,
  });
}
