import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Hook = Schemas["HookOut"];
export type Json = Record<string, unknown>;

export const hookKeys = { all: ["hooks"] as const };
const at = (id: number) => ({ params: { path: { hook_id: id } } });

export function useHooks() {
  return usePages(hookKeys.all, (cursor, signal) => unwrap(client.GET("/api/v1/webhooks", { params: { query: { cursor: cursor ?? null } }, signal })));
}

function useStale() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: hookKeys.all });
}

export function useAddHook() {
  return useMutation({ mutationFn: (body: Schemas["HookIn"]) => unwrap(client.POST("/api/v1/webhooks", { body })), onSuccess: useStale() });
}

export function useChangeHook(id: number) {
  return useMutation({ mutationFn: (body: Schemas["HookPatch"]) => unwrap(client.PATCH("/api/v1/webhooks/{hook_id}", { ...at(id), body })), onSuccess: useStale() });
}

export function useSecrets(id: number) {
  return useQuery({ queryKey: [...hookKeys.all, id, "secrets"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/webhooks/{hook_id}/secrets", { ...at(id), signal })), gcTime: 0 });
}

export function useDeliveries(id: number) {
  return usePages([...hookKeys.all, id, "deliveries"], (cursor, signal) =>
    unwrap(client.GET("/api/v1/webhooks/{hook_id}/deliveries", { params: { path: { hook_id: id }, query: { cursor: cursor ?? null, limit: 20 } }, signal })),
  );
}

export function useMapped(mapping: Json | null, body: unknown) {
  return useQuery({
    queryKey: ["hooks-preview", mapping, body],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/webhooks/preview", { body: { mapping: mapping ?? {}, body }, signal })),
    enabled: mapping !== null && body !== undefined,
  });
}
