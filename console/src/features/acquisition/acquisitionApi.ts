import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, ourHeaders, settle, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import { refusalOf } from "@/api/refusal";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Code = Schemas["CodeOut"];
export type CodeDetail = Schemas["CodeDetailOut"];
export type CodeIn = Schemas["LiveCodeIn"];
export type CodeRules = Schemas["CodeRulesIn"];
export type CodeMember = Schemas["CodeMember"];
export type CodeWelcome = Schemas["CodeWelcome"];
export type CodeStaff = Schemas["CodeStaffOut"];
export type CodeStatistics = Schemas["CodeStatisticsOut"];
export type SourceChannel = Schemas["SourceChannelOut"];
export type Cost = Schemas["CostOut"];

export const acquisitionKeys = { all: ["acquisition"] as const };

const of = (id: number) => ({ params: { path: { code_id: id } } });
const within = (id: number) => ({ params: { path: { channel_id: id } } });

/** A write after which everything said of codes is read anew. */
function useWrite<T, R>(write: (body: T) => Promise<R>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => queryClient.invalidateQueries({ queryKey: acquisitionKeys.all }) });
}

export interface CodeQuery {
  words: string;
  channel_id: number | null;
  ended: boolean;
}

export function useCodes(query: CodeQuery) {
  return usePages([...acquisitionKeys.all, "codes", query], (cursor, signal) => unwrap(client.GET("/api/v1/acquisition/codes", { params: { query: { ...query, cursor: cursor ?? null } }, signal })), { refetchInterval: 10_000 });
}

/** One code; while the platform is still to be told it is asked for more often. */
export function useCode(id: number | null) {
  return useQuery({
    queryKey: [...acquisitionKeys.all, "code", id],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/acquisition/codes/{code_id}", { ...of(id ?? 0), signal })),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data?.state === "waiting" ? 2_000 : 15_000),
  });
}

export function usePreview(rules: CodeRules) {
  return useQuery({
    queryKey: [...acquisitionKeys.all, "preview", rules],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/acquisition/codes/preview", { body: rules, signal })),
    placeholderData: (before) => before,
    enabled: (rules.members?.length ?? 0) + (rules.groups?.length ?? 0) > 0,
  });
}

export function useSaveCode(id: number | null) {
  return useWrite((body: CodeIn) => (id === null ? unwrap(client.POST("/api/v1/acquisition/codes", { body })) : unwrap(client.PUT("/api/v1/acquisition/codes/{code_id}", { ...of(id), body }))));
}

export function useEndCode(id: number) {
  return useWrite(() => settle(client.DELETE("/api/v1/acquisition/codes/{code_id}", of(id))));
}

export function useLookNow(id: number) {
  return useWrite(() => unwrap(client.POST("/api/v1/acquisition/codes/{code_id}/look", of(id))));
}

export function useStatistics(id: number, first: string, last: string) {
  return useQuery({
    queryKey: [...acquisitionKeys.all, "statistics", id, first, last],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/acquisition/codes/{code_id}/statistics", { params: { path: { code_id: id }, query: { first, last } }, signal })),
    placeholderData: (before) => before,
  });
}

export function useChangeStanding() {
  return useWrite(({ staff_id, ...body }: Schemas["StandingIn"] & { staff_id: number }) => unwrap(client.PUT("/api/v1/acquisition/standings/{staff_id}", { params: { path: { staff_id } }, body })));
}

/** What is printed, as SVG text. */
export function usePicture(id: number, hasLogo: boolean) {
  return useQuery({
    queryKey: [...acquisitionKeys.all, "picture", id, hasLogo],
    queryFn: async ({ signal }) => {
      const response = await fetch(`/api/v1/acquisition/codes/${String(id)}/picture`, { credentials: "same-origin", headers: ourHeaders("GET"), signal });
      if (!response.ok) throw refusalOf(response.status, null);
      return response.text();
    },
    staleTime: 300_000,
  });
}

export function useSetLogo(id: number) {
  return useWrite(async (file: File | null) => {
    if (file === null) {
      await settle(client.DELETE("/api/v1/acquisition/codes/{code_id}/logo", of(id)));
      return;
    }
    const body = new FormData();
    body.append("file", file);
    const response = await fetch(`/api/v1/acquisition/codes/${String(id)}/logo`, { method: "POST", credentials: "same-origin", headers: ourHeaders("POST"), body });
    if (!response.ok) throw refusalOf(response.status, await response.json());
  });
}

export function useSourceChannels() {
  return usePages([...acquisitionKeys.all, "channels"], (cursor, signal) => unwrap(client.GET("/api/v1/acquisition/channels", { params: { query: { cursor: cursor ?? null, limit: 200 } }, signal })));
}

export function useSaveChannel(id: number | null) {
  return useWrite((body: { name: string }) => (id === null ? unwrap(client.POST("/api/v1/acquisition/channels", { body })) : unwrap(client.PATCH("/api/v1/acquisition/channels/{channel_id}", { ...within(id), body }))));
}

export function useArchiveChannel(id: number) {
  return useWrite(() => settle(client.DELETE("/api/v1/acquisition/channels/{channel_id}", within(id))));
}

export function useCosts(channel: number, code: number | null) {
  return usePages([...acquisitionKeys.all, "costs", channel, code], (cursor, signal) =>
    unwrap(client.GET("/api/v1/acquisition/channels/{channel_id}/costs", { params: { path: { channel_id: channel }, query: { code_id: code, cursor: cursor ?? null } }, signal })),
  );
}

export function useEnterCost(channel: number) {
  return useWrite((body: Schemas["CostIn"]) => unwrap(client.POST("/api/v1/acquisition/channels/{channel_id}/costs", { ...within(channel), body })));
}

export function useStrikeCost(channel: number) {
  return useWrite((cost: number) => settle(client.DELETE("/api/v1/acquisition/channels/{channel_id}/costs/{cost_id}", { params: { path: { channel_id: channel, cost_id: cost } } })));
}

/** The staff by name, for choosing. */
export function useStaffChoices() {
  return useQuery({ queryKey: ["org", "staff", "names"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/staff", { params: { query: { limit: 200 } }, signal })), staleTime: 60_000 });
}

export function useTagChoices() {
  return useQuery({ queryKey: ["tags", "choices"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/tags", { params: { query: { limit: 200 } }, signal })), staleTime: 60_000 });
}
