import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Account = Schemas["ChannelOut"];
export type AccountDetail = Schemas["ChannelDetailOut"];
export type AccountKind = Schemas["ChannelKindOut"];

export const accountKeys = { all: ["channels"] as const };

const at = (id: number) => ({ params: { path: { channel_id: id } } });

function useWrite<T, R>(write: (body: T) => Promise<R>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKeys.all }) });
}

export function useAccounts() {
  return usePages([...accountKeys.all, "list"], (cursor, signal) => unwrap(client.GET("/api/v1/channels", { params: { query: { cursor: cursor ?? null } }, signal })), { refetchInterval: 15_000 });
}

export function useKinds() {
  return useQuery({ queryKey: ["vocabulary", "channel kinds"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/channels/kinds", { signal })), staleTime: 300_000 });
}

export function useAccount(id: number | null) {
  return useQuery({ queryKey: [...accountKeys.all, id], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/channels/{channel_id}", { ...at(id ?? 0), signal })), enabled: id !== null });
}

export function useSaveAccount(id: number | null) {
  return useWrite((body: Schemas["ChannelIn"]) => {
    const { adapter: _adapter, channel: _channel, ...rest } = body;
    return id === null ? unwrap(client.POST("/api/v1/channels", { body })) : unwrap(client.PATCH("/api/v1/channels/{channel_id}", { ...at(id), body: rest }));
  });
}

export function useTurnAccount(id: number) {
  return useWrite((state: Account["state"]) => unwrap(client.PATCH("/api/v1/channels/{channel_id}", { ...at(id), body: { state } })));
}

export function useTryAccount(id: number) {
  return useWrite((body: { address: string; text: string }) => unwrap(client.POST("/api/v1/channels/{channel_id}/try", { ...at(id), body })));
}
