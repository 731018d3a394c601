import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryKey } from "@tanstack/react-query";

import { client, settle, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type InFront = Schemas["InFrontOut"];
export type Reason = Schemas["WhyNowOut"];
export type Confirmation = Schemas["ConfirmationOut"];
export type JourneyTask = Schemas["TaskOut"];
export type Task = Schemas["SidebarTaskOut"];
export type Happened = Schemas["SidebarEventOut"];
export type Phrase = Schemas["PhraseOut"];
export type FilledPhrase = Schemas["FilledPhraseOut"];
export type PhraseGroup = Schemas["PhraseGroupOut"];
export type Figures = Schemas["FiguresOut"];
export type Goal = Schemas["GoalOut"];

export const guideKeys = {
  all: ["guides"] as const,
  person: (id: number) => ["guides", "person", id] as const,
  phrases: ["guides", "phrases"] as const,
};

/** Whatever is written here may show anywhere in a guide's day. */
export function useGuideWrite<T, R>(write: (body: T) => Promise<R>, stale: QueryKey = guideKeys.all) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => queryClient.invalidateQueries({ queryKey: stale }) });
}

export function useInFront(id: number) {
  return useQuery({
    queryKey: guideKeys.person(id),
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/guides/people/{customer_id}", { params: { path: { customer_id: id } }, signal })),
    refetchInterval: 30_000,
  });
}

export function useMet(external: string | null) {
  return useQuery({
    queryKey: [...guideKeys.all, "met", external],
    enabled: external !== null,
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/guides/met", { params: { query: { external_userid: external ?? "" } }, signal })),
  });
}

export function useGive(id: number) {
  return useGuideWrite((tagId: number) => unwrap(client.POST("/api/v1/tags/customers/{customer_id}", { params: { path: { customer_id: id } }, body: { tag_id: tagId, reason: "" } })));
}

export function useTake(id: number) {
  return useGuideWrite((tagId: number) => settle(client.DELETE("/api/v1/tags/customers/{customer_id}/{tag_id}", { params: { path: { customer_id: id, tag_id: tagId } } })));
}

export function useTagsToGive(search: string) {
  return useQuery({
    queryKey: ["tags", "choices", search],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/tags", { params: { query: { search, limit: 60 } }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useStatuses() {
  return useQuery({ queryKey: ["customers", "statuses"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/customers/follow-statuses", { signal })), staleTime: 60_000 });
}

/** Change how I follow somebody up. */
export function useFollowUp(id: number, me: number) {
  return useGuideWrite((body: { status: string }) => unwrap(client.PUT("/api/v1/customers/{customer_id}/relations/{kind}/{target}", { params: { path: { customer_id: id, kind: "staff", target: me } }, body })));
}

/** Change what I remark of somebody: in WeCom, too, where we know each other there. */
export function useRemark(id: number, me: number) {
  return useGuideWrite((remark: string) => unwrap(client.PUT("/api/v1/wecom/customers/{customer_id}/remark", { params: { path: { customer_id: id } }, body: { staff_id: me, remark } })));
}

export function useFinish() {
  return useGuideWrite((taskId: number) => unwrap(client.POST("/api/v1/journeys/tasks/{task_id}/done", { params: { path: { task_id: taskId } } })));
}

/** Her tasks of journeys, those to do or those done. */
export function useMyTasks(done: boolean) {
  return usePages([...guideKeys.all, "tasks", done], (cursor, signal) => unwrap(client.GET("/api/v1/journeys/tasks", { params: { query: { done, cursor: cursor ?? null } }, signal })), { refetchInterval: 15_000 });
}

export function useDay() {
  return useQuery({ queryKey: [...guideKeys.all, "day"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/guides/day", { signal })), refetchInterval: 30_000 });
}

export function useDue() {
  return useQuery({ queryKey: [...guideKeys.all, "due"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/guides/due", { signal })), refetchInterval: 60_000 });
}

export function usePeople(q: string) {
  return useQuery({
    queryKey: ["customers", "found", q],
    enabled: q !== "",
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/customers", { params: { query: { q, limit: 20 } }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useFilled(customer: number, q: string, group: number | null) {
  return usePages([...guideKeys.phrases, "filled", customer, q, group], (cursor, signal) =>
    unwrap(client.GET("/api/v1/guides/people/{customer_id}/phrases", { params: { path: { customer_id: customer }, query: { q, group_id: group, limit: 30, cursor: cursor ?? null } }, signal })),
  );
}

export function useMakeGroup() {
  return useGuideWrite((body: Schemas["PhraseGroupIn"]) => unwrap(client.POST("/api/v1/guides/phrase-groups", { body })), guideKeys.phrases);
}

export function useDeleteGroup() {
  return useGuideWrite((id: number) => settle(client.DELETE("/api/v1/guides/phrase-groups/{group_id}", { params: { path: { group_id: id } } })), guideKeys.phrases);
}

/** Write a phrase: a new one into a group, or one anew. */
export function useWritePhrase(phrase: Phrase | null) {
  return useGuideWrite(
    (body: Schemas["PhraseIn"]) =>
      phrase ? unwrap(client.PUT("/api/v1/guides/phrases/{phrase_id}", { params: { path: { phrase_id: phrase.id } }, body })) : unwrap(client.POST("/api/v1/guides/phrases", { body })),
    guideKeys.phrases,
  );
}

export function useDeletePhrase() {
  return useGuideWrite((id: number) => settle(client.DELETE("/api/v1/guides/phrases/{phrase_id}", { params: { path: { phrase_id: id } } })), guideKeys.phrases);
}

/** Counted quietly: what is used most comes first next time. */
export function countSent(id: number): void {
  settle(client.POST("/api/v1/guides/phrases/{phrase_id}/sent", { params: { path: { phrase_id: id } } })).catch(() => undefined);
}
