import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { client, settle, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

import type { Condition } from "./condition";

type Schemas = components["schemas"];
export type Audience = Schemas["AudienceOut"];

export const audienceKeys = {
  all: ["audiences"] as const,
  list: (search: string, archived: boolean) => ["audiences", "list", search, archived] as const,
  one: (id: number) => ["audiences", id] as const,
};

const at = (id: number) => ({ params: { path: { audience_id: id } } });

export function useAudiences(search: string, archived: boolean) {
  return usePages(audienceKeys.list(search, archived), (cursor, signal) => unwrap(client.GET("/api/v1/audiences", { params: { query: { search, archived, cursor: cursor ?? null } }, signal })), {
    refetchInterval: 15_000,
  });
}

/** While it is being counted, it is asked again every other second. */
export function useAudience(id: number, enabled = true) {
  return useQuery({
    queryKey: audienceKeys.one(id),
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/audiences/{audience_id}", { ...at(id), signal })),
    refetchInterval: (query) => (query.state.data?.is_refreshing || query.state.data?.refreshed_at === null ? 1500 : 15_000),
    enabled,
  });
}

/** Who is in now, or was at an earlier instant. */
export function useMembers(id: number, instant: string | null) {
  return usePages([...audienceKeys.one(id), "members", instant], (cursor, signal) =>
    unwrap(client.GET("/api/v1/audiences/{audience_id}/members", { params: { path: { audience_id: id }, query: { cursor: cursor ?? null, at: instant } }, signal })),
  );
}

export function useGrowth(id: number, first: string, last: string) {
  return useQuery({
    queryKey: [...audienceKeys.one(id), "growth", first, last],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/audiences/{audience_id}/growth", { params: { path: { audience_id: id }, query: { first, last } }, signal })),
  });
}

export function useUsers(id: number) {
  return useQuery({ queryKey: [...audienceKeys.one(id), "users"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/audiences/{audience_id}/users", { ...at(id), signal })) });
}

export function useCountAt(id: number, instant: string | null) {
  return useQuery({
    queryKey: [...audienceKeys.one(id), "count", instant],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/audiences/{audience_id}/count", { params: { path: { audience_id: id }, query: { at: instant } }, signal })),
    enabled: instant !== null,
  });
}

/** How many are in whom the reader may see. */
export function useCountNow(id: number) {
  return useQuery({
    queryKey: [...audienceKeys.one(id), "count", "now"],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/audiences/{audience_id}/count", { ...at(id), signal }))).count,
    staleTime: 0,
  });
}

/** Who is in, and how it grew, follow what the audience says of itself; a long list being read is left where it is. */
export function useFollowing({ id, count, refreshed_at: refreshedAt }: Audience) {
  const queryClient = useQueryClient();
  const now = `${String(id)} ${String(count)} ${String(refreshedAt)}`;
  const seen = useRef(now);
  useEffect(() => {
    if (seen.current === now) return;
    seen.current = now;
    void queryClient.invalidateQueries({ queryKey: audienceKeys.one(id), predicate: ({ queryKey, state }) => queryKey.length > audienceKeys.one(id).length && isShort(state.data) });
  }, [queryClient, id, now]);
}

function isShort(data: unknown): boolean {
  return !(typeof data === "object" && data !== null && "pages" in data && Array.isArray(data.pages) && data.pages.length > 1);
}

/** How many meet a condition, now or at an earlier instant, and some of them. An older question that still runs is dropped, here and on the server. */
export function usePreview(condition: Condition, key: string, enabled: boolean, instant: string | null) {
  return useQuery({
    queryKey: ["preview", condition, instant],
    queryFn: async ({ signal }) => {
      const began = performance.now();
      const found = await unwrap(client.POST("/api/v1/audiences/preview", { body: { condition, sample: 20, key, at: instant }, signal }));
      return { ...found, took: performance.now() - began };
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    enabled,
  });
}

function useStale() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: audienceKeys.all });
}

export function useMakeAudience() {
  return useMutation({ mutationFn: (body: Schemas["AudienceIn"]) => unwrap(client.POST("/api/v1/audiences", { body })), onSuccess: useStale() });
}

export function useChangeAudience(id: number) {
  return useMutation({ mutationFn: (body: Partial<Schemas["AudiencePatch"]>) => unwrap(client.PATCH("/api/v1/audiences/{audience_id}", { ...at(id), body })), onSuccess: useStale() });
}

export function useAudienceAct(id: number) {
  return useMutation({
    mutationFn: (act: "refresh" | "archive" | "restore" | "delete") => {
      switch (act) {
        case "refresh":
          return settle(client.POST("/api/v1/audiences/{audience_id}/refresh", at(id)));
        case "archive":
          return settle(client.POST("/api/v1/audiences/{audience_id}/archive", at(id)));
        case "restore":
          return settle(client.POST("/api/v1/audiences/{audience_id}/restore", at(id)));
        case "delete":
          return settle(client.DELETE("/api/v1/audiences/{audience_id}", at(id)));
      }
    },
    onSuccess: useStale(),
  });
}
