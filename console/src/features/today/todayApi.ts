import { useQueries, useQuery } from "@tanstack/react-query";
import dayjs from "dayjs";

import { client, unwrap } from "@/api/client";
import { timeZone } from "@/i18n/format";

export type Asked = Record<string, unknown>;

const thisDay = { kind: "calendar", period: "this", unit: "day" };

/** What the day's numbers ask; each opens as a condition, ready to be saved. */
export const questions = {
  everyone: { kind: "all", of: [] },
  created: { kind: "attribute", attribute: "created_at", op: "in_period", value: { period: "this", unit: "day" } },
  active: { kind: "event", types: [], window: thisDay, op: "ge", value: 1 },
  paid: { kind: "event", types: ["pay"], window: thisDay, op: "ge", value: 1 },
} satisfies Record<string, Asked>;

const MINUTE = 60_000;

export function useCount(condition: Asked) {
  return useQuery({
    queryKey: ["today", "count", condition],
    queryFn: async ({ signal }) => (await unwrap(client.POST("/api/v1/audiences/preview", { body: { condition, sample: 0 }, signal }))).count,
    refetchInterval: MINUTE,
  });
}

/** How many there are of a list, as far as one page tells. */
interface AtLeast {
  count: number;
  more: boolean;
}

function counted(page: { items: unknown[]; next?: string | null }): AtLeast {
  return { count: page.items.length, more: Boolean(page.next) };
}

export function useConflicts(enabled: boolean) {
  return useQuery({
    queryKey: ["today", "conflicts"],
    queryFn: async ({ signal }) => counted(await unwrap(client.GET("/api/v1/customers/conflicts", { params: { query: { limit: 100 } }, signal }))),
    refetchInterval: MINUTE,
    enabled,
  });
}

export function useFailedJobs(enabled: boolean) {
  return useQuery({
    queryKey: ["today", "failed-jobs"],
    queryFn: async ({ signal }) => {
      const page = await unwrap(client.GET("/api/v1/jobs", { params: { query: { state: "failed", limit: 100 } }, signal }));
      const recent = page.items.filter((job) => dayjs(job.finished_at ?? job.created_at).isAfter(dayjs().subtract(7, "day")));
      return { count: recent.length, more: Boolean(page.next) && recent.length === page.items.length };
    },
    refetchInterval: MINUTE,
    enabled,
  });
}

export function useRunningJobs(enabled: boolean) {
  return useQuery({
    queryKey: ["today", "running-jobs"],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/jobs", { params: { query: { state: "running", limit: 10 } }, signal }))).items,
    refetchInterval: 4000,
    enabled,
  });
}

export function useAudiences(enabled: boolean) {
  return useQuery({
    queryKey: ["today", "audiences"],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/audiences", { params: { query: { limit: 50 } }, signal }))).items,
    refetchInterval: MINUTE,
    enabled,
  });
}

/** Who entered and left each of these audiences today; those that moved, the biggest first. */
export function useMoves(audiences: { id: number; name: string; count: number }[]) {
  const today = dayjs().tz(timeZone()).format("YYYY-MM-DD");
  return useQueries({
    queries: audiences.map((audience) => ({
      queryKey: ["today", "moves", audience.id, today],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const days = await unwrap(client.GET("/api/v1/audiences/{audience_id}/growth", { params: { path: { audience_id: audience.id }, query: { first: today, last: today } }, signal }));
        return { ...audience, entered: days[0]?.entered ?? 0, left: days[0]?.left ?? 0 };
      },
      refetchInterval: MINUTE,
    })),
    combine: (results) => ({
      pending: results.some((each) => each.isPending),
      moves: results
        .flatMap((each) => (each.data && each.data.entered + each.data.left > 0 ? [each.data] : []))
        .sort((one, other) => other.entered + other.left - one.entered - one.left)
        .slice(0, 6),
    }),
  });
}
