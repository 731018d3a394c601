import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Transfer = Schemas["TransferOut"];
export type TransferAsked = Schemas["TransferAsked"];
export type TransferPreview = Schemas["TransferPreviewOut"];
export type Handover = Schemas["HandoverOut"];
export type HandoverState = Handover["state"];
export type GroupHandover = Schemas["GroupHandoverOut"];
export type Leaver = Schemas["LeaverOut"];
export type Transferable = Schemas["TransferableOut"];

const all = ["transfers"] as const;
const LIVE = 10_000;
const at = (id: number) => ({ path: { transfer_id: id } });

export function useTransfers() {
  return usePages([...all, "list"], (cursor, signal) => unwrap(client.GET("/api/v1/wecom/transfers", { params: { query: { cursor: cursor ?? null } }, signal })), { refetchInterval: LIVE });
}

export function useTransfer(id: number) {
  return useQuery({ queryKey: [...all, id], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/wecom/transfers/{transfer_id}", { params: at(id), signal })), refetchInterval: (query) => (query.state.data?.state === "open" ? 5000 : false) });
}

export function useHandovers(id: number, state: HandoverState | null, live: boolean) {
  return usePages(
    [...all, id, "customers", state],
    (cursor, signal) => unwrap(client.GET("/api/v1/wecom/transfers/{transfer_id}/customers", { params: { ...at(id), query: { cursor: cursor ?? null, state } }, signal })),
    { refetchInterval: live ? LIVE : false },
  );
}

export function useGroupHandovers(id: number, live: boolean) {
  return usePages(
    [...all, id, "groups"],
    (cursor, signal) => unwrap(client.GET("/api/v1/wecom/transfers/{transfer_id}/groups", { params: { ...at(id), query: { cursor: cursor ?? null } }, signal })),
    { refetchInterval: live ? LIVE : false },
  );
}

export function useLeavers() {
  return usePages([...all, "leavers"], (cursor, signal) => unwrap(client.GET("/api/v1/wecom/transfers/leavers", { params: { query: { cursor: cursor ?? null } }, signal })), { refetchInterval: LIVE });
}

/** The staff by part of a name, with what each has. */
export function useTransferable(q: string) {
  return useQuery({
    queryKey: [...all, "staff", q],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/wecom/transfers/staff", { params: { query: { q, limit: 100 } }, signal }))).items,
    placeholderData: keepPreviousData,
  });
}

/** What handing over would come to; asked again whenever somebody else is meant. */
export function useTransferPreview(asked: TransferAsked | null) {
  return useQuery({
    queryKey: [...all, "preview", asked],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/wecom/transfers/preview", { body: asked ?? nobody, signal })),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

const nobody: TransferAsked = { giver_id: 1, taker_id: 1, customers: "nobody", customer_ids: [], groups: "none", group_ids: [] };

export function useBeginTransfer() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["TransferIn"]) => unwrap(client.POST("/api/v1/wecom/transfers", { body })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: all }),
  });
}

export function useCancelTransfer(id: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(client.POST("/api/v1/wecom/transfers/{transfer_id}/cancel", { params: at(id) })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: all }),
  });
}

export function useReadLeavers() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(client.POST("/api/v1/wecom/transfers/leavers/read", {})),
    onSettled: () => queryClient.invalidateQueries({ queryKey: all }),
  });
}

/** How many of these states there are. */
export function counted(counts: Record<string, number>, ...states: HandoverState[]): number {
  return states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

export function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, each) => sum + each, 0);
}
