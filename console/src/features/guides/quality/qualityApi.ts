import { useQuery } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

import { guideKeys, useGuideWrite } from "../guidesApi";

type Schemas = components["schemas"];
export type Hit = Schemas["HitOut"];
export type Late = Schemas["LateOut"];
export type ChatLine = Schemas["ChatLineOut"];
export type ChatRules = Schemas["ChatRulesOut"];
export type Severity = Hit["severity"];

const LIVE = 15_000;

export function useHits(settled: boolean | null, atLeast: Severity) {
  return usePages(
    [...guideKeys.all, "hits", settled, atLeast],
    (cursor, signal) => unwrap(client.GET("/api/v1/guides/chats/hits", { params: { query: { cursor: cursor ?? null, settled, at_least: atLeast } }, signal })),
    { refetchInterval: LIVE },
  );
}

export function useLate(waiting: boolean) {
  return usePages([...guideKeys.all, "late", waiting], (cursor, signal) => unwrap(client.GET("/api/v1/guides/chats/late", { params: { query: { cursor: cursor ?? null, waiting } }, signal })), { refetchInterval: LIVE });
}

/** Who reads a chat leaves a trace, so it is asked for once, when somebody opens it. */
export function useChat(message: number) {
  return useQuery({
    queryKey: ["chat", message],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/guides/chats/messages/{message_id}", { params: { path: { message_id: message } }, signal })),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

export function useSettleHit(id: number) {
  return useGuideWrite((note: string) => unwrap(client.POST("/api/v1/guides/chats/hits/{hit_id}/settle", { params: { path: { hit_id: id } }, body: { note } })));
}

export function useChatRules() {
  return useQuery({ queryKey: [...guideKeys.all, "chat rules"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/guides/chats/rules", { signal })) });
}

export function useSetChatRules() {
  return useGuideWrite((body: Schemas["ChatRulesIn"]) => unwrap(client.PUT("/api/v1/guides/chats/rules", { body })));
}
