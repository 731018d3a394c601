import { useQuery } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

import { journeyKeys } from "../journeysApi";

type Schemas = components["schemas"];
export type Effect = Schemas["EffectOut"];
export type Comparison = Schemas["EffectComparisonOut"];
export type Look = Schemas["EffectLookOut"];
export type Split = Schemas["EffectSplitOut"];

/** What a journey changed so far. */
export function useEffectOf(id: number, enabled: boolean) {
  return useQuery({
    queryKey: [...journeyKeys.one(id), "effect"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/journeys/{journey_id}/effect", { params: { path: { journey_id: id } }, signal })),
    enabled,
    refetchInterval: 60_000,
  });
}

export interface Whom {
  held_out?: boolean;
  reached?: boolean;
}

/** The passages behind a number. */
export function usePassages(id: number, whom: Whom, enabled: boolean) {
  return usePages(
    [...journeyKeys.one(id), "people", whom],
    (cursor, signal) => unwrap(client.GET("/api/v1/journeys/{journey_id}/people", { params: { path: { journey_id: id }, query: { cursor: cursor ?? null, ...whom } }, signal })),
    { enabled },
  );
}
