import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Corp = Schemas["CorpOut"];
export type Finding = Schemas["FindingOut"];
export type Callback = Schemas["CallbackOut"];
export type Became = Callback["became"];

export const wecomKeys = { all: ["wecom"] as const };

const at = (id: number) => ({ params: { path: { corp_id: id } } });

function useWrite<T, R>(write: (body: T) => Promise<R>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => queryClient.invalidateQueries({ queryKey: wecomKeys.all }) });
}

export function useCorps() {
  return useQuery({ queryKey: [...wecomKeys.all, "corps"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/wecom/corps", { signal })) });
}

export function useBases() {
  return useQuery({ queryKey: ["vocabulary", "wecom bases"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/wecom/bases", { signal })), staleTime: 300_000 });
}

export function useSaveCorp(id: number | null) {
  return useWrite((body: Schemas["CorpIn"] & Schemas["CorpPatch"]) => {
    const { corp_id: _corpId, ...rest } = body;
    return id === null ? unwrap(client.POST("/api/v1/wecom/corps", { body })) : unwrap(client.PATCH("/api/v1/wecom/corps/{corp_id}", { ...at(id), body: rest }));
  });
}

export function useTurnCorp(id: number) {
  return useWrite((state: Corp["state"]) => unwrap(client.PATCH("/api/v1/wecom/corps/{corp_id}", { ...at(id), body: { state } })));
}

export function useLook(id: number) {
  return useMutation({ mutationFn: () => unwrap(client.POST("/api/v1/wecom/corps/{corp_id}/diagnose", at(id))) });
}

export function useCounts() {
  return useQuery({ queryKey: [...wecomKeys.all, "counts"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/wecom/callbacks/counts", { signal })), refetchInterval: 10_000 });
}

export function useCallbacks(became: Became | null) {
  return usePages([...wecomKeys.all, "callbacks", became], (cursor, signal) => unwrap(client.GET("/api/v1/wecom/callbacks", { params: { query: { cursor: cursor ?? null, became } }, signal })), { refetchInterval: 10_000 });
}

export function useReplay() {
  return useWrite((ids: number[] | null) => unwrap(client.POST("/api/v1/wecom/callbacks/replay", { body: { ids } })));
}
