import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, settle, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

import type { JsonObject } from "./graph";

type Schemas = components["schemas"];
export type Journey = Schemas["JourneyOut"];
export type JourneyRow = Schemas["JourneyRow"];
export type NodeCount = Schemas["NodeCountOut"];
export type Problem = Schemas["ValidationOut"]["problems"][number];
export type ActionOffer = Schemas["ActionOut"];
export type JourneyState = "draft" | "active" | "paused" | "ended";

export const journeyKeys = { all: ["journeys"] as const, one: (id: number) => ["journeys", id] as const };

const at = (id: number) => ({ params: { path: { journey_id: id } } });

function useWrite<T, R>(write: (body: T) => Promise<R>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => queryClient.invalidateQueries({ queryKey: journeyKeys.all }) });
}

export function useJourneys(query: { search: string; state: JourneyState | null }) {
  return usePages([...journeyKeys.all, "list", query], (cursor, signal) => unwrap(client.GET("/api/v1/journeys", { params: { query: { ...query, cursor: cursor ?? null } }, signal })), { refetchInterval: 15_000 });
}

export function useJourney(id: number) {
  return useQuery({ queryKey: journeyKeys.one(id), queryFn: ({ signal }) => unwrap(client.GET("/api/v1/journeys/{journey_id}", { ...at(id), signal })) });
}

/** How many came to each node, are there, and left; live while people move. */
export function useCounts(id: number, live: boolean) {
  return useQuery({
    queryKey: [...journeyKeys.one(id), "counts"],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/journeys/{journey_id}/counts", { ...at(id), signal }))).items,
    refetchInterval: live ? 3000 : false,
  });
}

export function useHealth(id: number, live: boolean) {
  return useQuery({
    queryKey: [...journeyKeys.one(id), "health"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/journeys/{journey_id}/health", { ...at(id), signal })),
    refetchInterval: live ? 5000 : false,
    enabled: live,
  });
}

export function useNodePeople(id: number, node: string) {
  return usePages([...journeyKeys.one(id), "people", node], (cursor, signal) =>
    unwrap(client.GET("/api/v1/journeys/{journey_id}/people", { params: { path: { journey_id: id }, query: { cursor: cursor ?? null, ...(node ? { node } : {}) } }, signal })),
  );
}

/** What keeps a graph from running, while it is being drawn. */
export function useProblems(id: number, graph: JsonObject) {
  return useQuery({
    queryKey: [...journeyKeys.one(id), "problems", graph],
    queryFn: async ({ signal }) => (await unwrap(client.POST("/api/v1/journeys/{journey_id}/validate", { ...at(id), body: { graph }, signal }))).problems,
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
}

export function useActions() {
  return useQuery({ queryKey: ["vocabulary", "actions"], queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/journeys/actions", { signal }))).items, staleTime: 300_000 });
}

export function useMakeJourney() {
  return useWrite((body: Schemas["JourneyIn"]) => unwrap(client.POST("/api/v1/journeys", { body })));
}

export function useSaveDraft(id: number) {
  return useWrite((body: Schemas["JourneyPatch"]) => unwrap(client.PATCH("/api/v1/journeys/{journey_id}", { ...at(id), body })));
}

export function useTurn(id: number) {
  return useWrite((act: "activate" | "pause" | "resume" | "end") => unwrap(client.POST(`/api/v1/journeys/{journey_id}/${act}`, at(id))));
}

export function useDeleteJourney(id: number) {
  return useWrite(() => settle(client.DELETE("/api/v1/journeys/{journey_id}", at(id))));
}

export function useRelease(id: number) {
  return useWrite((body: { node: string; skip: boolean }) => unwrap(client.POST("/api/v1/journeys/{journey_id}/release", { ...at(id), body })));
}

/** Names of what graphs refer to: tags, audiences, events, attributes. */
export function useVocabulary(enabled = true) {
  return useQuery({ enabled, queryKey: ["vocabulary", "of conditions"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/audiences/vocabulary", { signal })), staleTime: 60_000 });
}

export function useMessageNames() {
  return useQuery({
    queryKey: ["messages", "names"],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/messages", { params: { query: { limit: 200 } }, signal }))).items.map(({ id, name, channel }) => ({ id, name, channel })),
    staleTime: 30_000,
  });
}

/** The condition a sentence says, and a condition as a sentence. */
export function useReadSentence() {
  return useMutation({ mutationFn: (sentence: string) => unwrap(client.POST("/api/v1/audiences/read", { body: { sentence } })) });
}

export function useSaid(condition: JsonObject | null) {
  return useQuery({
    queryKey: ["said", condition],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/audiences/say", { body: { condition: condition ?? {} }, signal })),
    enabled: condition !== null,
    staleTime: 300_000,
  });
}

export function useAccountNames() {
  return useQuery({
    queryKey: ["channels", "names"],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/channels", { params: { query: { limit: 200 } }, signal }))).items.map(({ id, name, channel, state }) => ({ id, name, channel, state })),
    staleTime: 30_000,
  });
}

export function useJourneyNames(enabled = true) {
  return useQuery({
    enabled,
    queryKey: [...journeyKeys.all, "names"],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/journeys", { params: { query: { limit: 200 } }, signal }))).items.map(({ id, name }) => ({ id, name })),
    staleTime: 30_000,
  });
}
