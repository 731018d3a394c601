import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Sync = Schemas["SyncOut"];
export type SyncFailure = Schemas["SyncFailureOut"];
export type SyncGap = Schemas["SyncGapOut"];
export type Totals = Schemas["SyncTotalsOut"];

const keys = (corp: number) => ["wecom", "sync", corp] as const;
const at = (corp: number) => ({ path: { corp_id: corp } });

/** The newest run; looked at every second and a half while it runs. */
export function useNewestSync(corp: number) {
  return useQuery({
    queryKey: [...keys(corp), "newest"],
    queryFn: async ({ signal }) => {
      const page = await unwrap(client.GET("/api/v1/wecom/corps/{corp_id}/syncs", { params: { ...at(corp), query: { limit: 1 } }, signal }));
      return page.items[0] ?? null;
    },
    refetchInterval: (query) => (query.state.data?.state === "running" ? 1500 : 15_000),
  });
}

export function useTotals(corp: number, running: boolean) {
  return useQuery({
    queryKey: [...keys(corp), "totals"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/wecom/corps/{corp_id}/sync-totals", { params: at(corp), signal })),
    refetchInterval: running ? 5000 : 30_000,
  });
}

export function useSyncFailures(corp: number) {
  return usePages(
    [...keys(corp), "failures"],
    (cursor, signal) => unwrap(client.GET("/api/v1/wecom/corps/{corp_id}/sync-failures", { params: { ...at(corp), query: { cursor: cursor ?? null } }, signal })),
    { refetchInterval: 15_000 },
  );
}

export function useSyncGaps(corp: number) {
  return usePages(
    [...keys(corp), "gaps"],
    (cursor, signal) => unwrap(client.GET("/api/v1/wecom/corps/{corp_id}/sync-gaps", { params: { ...at(corp), query: { cursor: cursor ?? null } }, signal })),
    { refetchInterval: 15_000 },
  );
}

function useAct<T, R>(corp: number, act: (given: T) => Promise<R>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => queryClient.invalidateQueries({ queryKey: keys(corp) }) });
}

export function useBeginSync(corp: number) {
  return useAct(corp, (anew: boolean) => unwrap(client.POST("/api/v1/wecom/corps/{corp_id}/syncs", { params: at(corp), body: { anew } })));
}

export function useStopSync(corp: number) {
  return useAct(corp, (run: number) => unwrap(client.POST("/api/v1/wecom/corps/{corp_id}/syncs/{run_id}/stop", { params: { path: { corp_id: corp, run_id: run } } })));
}

export function useRetry(corp: number) {
  return useAct(corp, (failure: number) => unwrap(client.POST("/api/v1/wecom/corps/{corp_id}/sync-failures/{failure_id}/retry", { params: { path: { corp_id: corp, failure_id: failure } } })));
}
