import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dayjs from "dayjs";

import { client, unwrap } from "@/api/client";
import type { components } from "@/api/schema";
import { timeZone } from "@/i18n/format";

import { reachKeys } from "./policyApi";

export type Rate = components["schemas"]["RateOut"];
export const BY = ["channel", "purpose", "journey"] as const;
export type By = (typeof BY)[number];

/** From the Monday `weeks` weeks ago until the end of this week, on the brand's clock. */
export function spanOf(weeks: number): { since: string; until: string } {
  const today = dayjs().tz(timeZone()).startOf("day");
  const monday = today.subtract((today.day() + 6) % 7, "day");
  return { since: monday.subtract(weeks - 1, "week").toISOString(), until: monday.add(1, "week").toISOString() };
}

/** Whose messages: of an audience, of one person, of one journey; null: of all. */
export interface Whose {
  audience: number | null;
  customer: number | null;
  journey: number | null;
}

export function useRates(weeks: number, by: By, whose: Whose) {
  const span = spanOf(weeks);
  const narrowed = { audience_id: whose.audience, customer_id: whose.customer, journey: whose.journey };
  return useQuery({
    queryKey: [...reachKeys.all, "rates", span, by, whose],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/reach/rates", { params: { query: { ...span, by, ...narrowed } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** What journeys are called, those changed last first. */
export function useJourneyNames(enabled: boolean) {
  return useQuery({
    queryKey: ["journeys", "names"],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/journeys", { params: { query: { limit: 200 } }, signal }))).items.map(({ id, name }) => ({ id, name })),
    enabled,
    staleTime: 30_000,
  });
}
