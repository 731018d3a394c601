import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, settle, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Policy = Schemas["PolicyOut"];
export type Rules = Schemas["RulesIn"];
export type Cap = NonNullable<Rules["caps"]>[number];
export type Quiet = NonNullable<Rules["quiet"]>[number];
export type Suppression = Schemas["SuppressionOut"];
export type ReachDelivery = Schemas["ReachDeliveryOut"];
export type DeliveryState = Schemas["DeliveryState"];

export const reachKeys = { all: ["reach"] as const };

function useWrite<T, R>(write: (body: T) => Promise<R>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => queryClient.invalidateQueries({ queryKey: reachKeys.all }) });
}

export function usePolicy() {
  return useQuery({ queryKey: [...reachKeys.all, "policy"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/reach/policy", { signal })) });
}

export function useSavePolicy() {
  return useWrite((body: Rules) => unwrap(client.PUT("/api/v1/reach/policy", { body })));
}

/** What these rules would have held back of the last 30 days' messages. */
export function useWhatIf(rules: Rules) {
  return useQuery({
    queryKey: [...reachKeys.all, "what if", rules],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/reach/policy/preview", { body: rules, signal })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

export function useSuppressions() {
  return usePages([...reachKeys.all, "suppressions"], (cursor, signal) => unwrap(client.GET("/api/v1/reach/suppressions", { params: { query: { cursor: cursor ?? null } }, signal })));
}

export function useSuppress() {
  return useWrite((body: Schemas["SuppressIn"]) => unwrap(client.POST("/api/v1/reach/suppressions", { body })));
}

export function useLift() {
  return useWrite((id: number) => settle(client.DELETE("/api/v1/reach/suppressions/{suppression_id}", { params: { path: { suppression_id: id } } })));
}

export interface DeliveryQuery {
  state: DeliveryState[];
  channel: string;
  reason: string;
  customer_id: number | null;
  sending_id: number | null;
  journey: number | null;
  audience_id: number | null;
  since: string | null;
  until: string | null;
}

export function useDeliveries(query: DeliveryQuery) {
  return usePages([...reachKeys.all, "deliveries", query], (cursor, signal) => unwrap(client.GET("/api/v1/reach/deliveries", { params: { query: { ...query, cursor: cursor ?? null } }, signal })), {
    refetchInterval: 10_000,
  });
}

/** Failed ones are queued again; one the channel did not answer for may come twice. */
export function useResend() {
  return useWrite((delivery: ReachDelivery) => unwrap(client.POST("/api/v1/reach/deliveries/resend", { body: { tokens: [delivery.token], unknown_too: delivery.state === "unknown" } })));
}
