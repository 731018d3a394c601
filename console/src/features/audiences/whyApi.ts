import { useQuery } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import type { components } from "@/api/schema";
import { useSpeech } from "@/i18n";

import { audienceKeys } from "./audiencesApi";
import type { Condition } from "./condition";

export type Reason = components["schemas"]["ReasonOut"];
export type Stay = components["schemas"]["StayOut"];

/** Node by node, whether the condition holds for a customer, and what says so; now, or at an earlier instant. */
export function useExplanation(condition: Condition | null, customer: number | null, at: string | null) {
  const { language } = useSpeech();
  return useQuery({
    queryKey: ["why", condition, customer, at, language],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/audiences/explain", { body: { customer_id: customer ?? 0, condition, at }, signal })),
    enabled: condition !== null && customer !== null,
  });
}

/** When a customer was in an audience. */
export function useStays(audience: number | null, customer: number | null) {
  return useQuery({
    queryKey: [...audienceKeys.one(audience ?? 0), "stays", customer],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/audiences/{audience_id}/members/{customer_id}", { params: { path: { audience_id: audience ?? 0, customer_id: customer ?? 0 } }, signal })),
    enabled: audience !== null && customer !== null,
  });
}
