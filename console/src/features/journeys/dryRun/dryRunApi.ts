import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import type { components } from "@/api/schema";

import { journeyKeys } from "../journeysApi";

type Schemas = components["schemas"];
export type Tried = Schemas["DryRunOut"];
export type Verdict = Schemas["DryRunVerdictOut"];
export type Entry = Schemas["DryRunEntryOut"];
export type EntryStep = Schemas["DryRunStepOut"];

/** What the draft would have done; kept until it is run again or the draft is another. */
export function useDryRun(journey: { id: number; changed_at: string }, days: number) {
  return useQuery({
    queryKey: [...journeyKeys.one(journey.id), "dry run", journey.changed_at, days],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/journeys/{journey_id}/dry-run", { params: { path: { journey_id: journey.id } }, body: { days }, signal })),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    retry: false,
  });
}

/** One person's entries, each step by step. */
export function useDryRunOfOne(journey: { id: number; changed_at: string }, subject: number | null, days: number) {
  return useQuery({
    queryKey: [...journeyKeys.one(journey.id), "dry run", journey.changed_at, days, subject],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/journeys/{journey_id}/dry-run/{subject}", { params: { path: { journey_id: journey.id, subject: subject ?? 0 }, query: { days } }, signal }))).items,
    enabled: subject !== null,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  });
}
