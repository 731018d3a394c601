import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type MassTask = Schemas["MassOut"];
export type MassDetail = Schemas["MassDetailOut"];
export type MassPerson = Schemas["MassPersonOut"];
export type MassState = MassTask["state"];
export type PersonState = MassPerson["state"];

const all = ["wecom", "mass"] as const;
const LIVE = 10_000;
const at = (id: number) => ({ path: { task_id: id } });

export function useMassTasks(query: { state: MassState | null; journey: number | null }) {
  return usePages([...all, "list", query], (cursor, signal) => unwrap(client.GET("/api/v1/wecom/mass", { params: { query: { ...query, cursor: cursor ?? null } }, signal })), { refetchInterval: LIVE });
}

export function useMassTask(id: number) {
  return useQuery({ queryKey: [...all, id], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/wecom/mass/{task_id}", { params: at(id), signal })), refetchInterval: LIVE });
}

export function useMassPeople(id: number, state: PersonState | null) {
  return usePages(
    [...all, id, "people", state],
    (cursor, signal) => unwrap(client.GET("/api/v1/wecom/mass/{task_id}/people", { params: { ...at(id), query: { cursor: cursor ?? null, state } }, signal })),
    { refetchInterval: LIVE },
  );
}

function useAct(act: () => Promise<unknown>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => queryClient.invalidateQueries({ queryKey: all }) });
}

export function useRemind(id: number) {
  return useAct(() => unwrap(client.POST("/api/v1/wecom/mass/{task_id}/remind", { params: at(id) })));
}

export function useCancelMass(id: number) {
  return useAct(() => unwrap(client.POST("/api/v1/wecom/mass/{task_id}/cancel", { params: at(id) })));
}
