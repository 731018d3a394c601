import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

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

export function useMassTasks(query: { state: MassState | null; journey: number | null; kind?: MassTask["kind"] }) {
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

export type GroupFound = Schemas["GroupFoundOut"];
export type GroupsAsked = Schemas["GroupMassAsked"];
export type GroupsPlanned = Schemas["GroupMassOut"];
export type OwnerStanding = Schemas["OwnerOut"];
export type CapStanding = Schemas["CapOut"];
export type GroupSending = Schemas["SendingOfGroupsOut"];
export type SendingDetail = Schemas["SendingDetailOut"];
export type OwnersTask = Schemas["TaskOfGroupsOut"];
export type MomentAsked = Schemas["MomentAsked"];
export type MomentPlanned = Schemas["MomentOut"];

export interface Among {
  q: string;
  owners: number[];
  least: number | null;
  most: number | null;
}

/** Groups that can be written to, by name. */
export function useGroupsFound(query: { q: string; owner: number[]; least: number | null; most: number | null }) {
  return usePages([...all, "groups", query], (cursor, signal) => unwrap(client.GET("/api/v1/wecom/groups", { params: { query: { ...query, cursor: cursor ?? null } }, signal })));
}

export function useGroupOwners() {
  return useQuery({ queryKey: [...all, "owners"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/wecom/groups/owners", { signal })) });
}

const nothing: GroupsAsked = { groups: [] };

/** What would become of it; asked again whenever something else is meant. */
export function useGroupsPreview(asked: GroupsAsked | null) {
  return useQuery({
    queryKey: [...all, "groups preview", asked],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/wecom/group-mass/preview", { body: asked ?? nothing, signal })),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  });
}

export function useSendToGroups() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["GroupMassIn"]) => unwrap(client.POST("/api/v1/wecom/group-mass", { body })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: all }),
  });
}

export function useSendings() {
  return usePages([...all, "sendings"], (cursor, signal) => unwrap(client.GET("/api/v1/wecom/group-mass", { params: { query: { cursor: cursor ?? null } }, signal })), { refetchInterval: LIVE });
}

export function useSending(id: number) {
  return useQuery({ queryKey: [...all, "sendings", id], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/wecom/group-mass/{sending_id}", { params: { path: { sending_id: id } }, signal })), refetchInterval: LIVE });
}

/** Remind or call off several tasks, one after the other; those that are refused are told at the end. */
export function useActOnAll(act: "remind" | "cancel") {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (tasks: number[]) => {
      const refused: unknown[] = [];
      for (const id of tasks) {
        await unwrap(client.POST(`/api/v1/wecom/mass/{task_id}/${act}`, { params: at(id) })).catch((error: unknown) => { refused.push(error); });
      }
      if (refused.length > 0) throw refused[0];
      return tasks.length;
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: all }),
  });
}

const nobody: MomentAsked = { staff: [], departments: [], tags: [] };

export function useMomentPreview(asked: MomentAsked | null) {
  return useQuery({
    queryKey: [...all, "moment preview", asked],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/wecom/moments/preview", { body: asked ?? nobody, signal })),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  });
}

export function usePostMoment() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["MomentIn"]) => unwrap(client.POST("/api/v1/wecom/moments", { body })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: all }),
  });
}

/** Tags the corp knows: by these it can be chosen who sees a post. */
export function useCorpTags(corp: number | null) {
  return useQuery({
    queryKey: ["wecom", "tags", corp],
    enabled: corp !== null,
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/wecom/corps/{corp_id}/tags", { params: { path: { corp_id: corp ?? 0 }, query: { place: "both", limit: 200 } }, signal }))).items,
  });
}

export function useActiveCorps(enabled: boolean) {
  return useQuery({ queryKey: ["wecom", "corps"], enabled, queryFn: ({ signal }) => unwrap(client.GET("/api/v1/wecom/corps", { signal })) });
}

/** Staff by part of a name, and their departments and stores. */
export function useStaffNamed(q: string) {
  return useQuery({
    queryKey: ["org", "staff", "options", q],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/staff", { params: { query: { q, is_active: true, limit: 50 } }, signal }))).items,
    placeholderData: keepPreviousData,
  });
}

export function useOrgUnits() {
  return useQuery({
    queryKey: ["org", "units"],
    queryFn: async ({ signal }) => {
      const [departments, stores] = await Promise.all([
        unwrap(client.GET("/api/v1/departments", { params: { query: { limit: 200 } }, signal })),
        unwrap(client.GET("/api/v1/stores", { params: { query: { limit: 200 } }, signal })),
      ]);
      return { departments: departments.items, stores: stores.items };
    },
    staleTime: 60_000,
  });
}
