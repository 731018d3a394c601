import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";

import { client, unwrap } from "@/api/client";
import type { components } from "@/api/schema";

import { audienceKeys, type Audience } from "./audiencesApi";
import type { Condition } from "./condition";

type Schemas = components["schemas"];

/** Those who are in an audience, as a condition. */
export function thoseIn(audience: number): Condition {
  return { kind: "audience", op: "in", audiences: [audience] };
}

const matching = async (condition: Condition, signal: AbortSignal) => (await unwrap(client.POST("/api/v1/audiences/preview", { body: { condition, sample: 0, key: "" }, signal }))).count;

/** What filling a list from a condition would do: who would be on it, who would come and who would go. */
export function useFillEffect(list: Audience, condition: Condition | null) {
  return useQuery({
    queryKey: [...audienceKeys.one(list.id), "fill", condition, list.count],
    queryFn: async ({ signal }) => {
      const wanted = condition ?? thoseIn(list.id);
      const [all, staying] = await Promise.all([matching(wanted, signal), matching({ kind: "all", of: [wanted, thoseIn(list.id)] }, signal)]);
      // Of those on the list the reader may not see everybody, and they go as well.
      return { all, staying, coming: all - staying, going: Math.max(0, list.count - staying) };
    },
    enabled: condition !== null,
    staleTime: 0,
  });
}

const snapshot = (id: number, condition: Condition) => unwrap(client.POST("/api/v1/audiences/{audience_id}/members/snapshot", { params: { path: { audience_id: id } }, body: { condition } }));

/** Exactly those who meet a condition now are on a list from then on. */
export function useFill(id: number) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: (condition: Condition) => snapshot(id, condition), onSuccess: () => queryClient.invalidateQueries({ queryKey: audienceKeys.all }) });
}

/** Those in an audience now become a list. Where filling was refused, the list that was made is taken again. */
export function useKeepAsList(audience: number) {
  const queryClient = useQueryClient();
  const made = useRef<number | null>(null);
  return useMutation({
    mutationFn: async (named: Pick<Schemas["AudienceIn"], "name" | "note">) => {
      if (made.current === null) made.current = (await unwrap(client.POST("/api/v1/audiences", { body: { ...named, condition: null, schedule: "manual", refresh_hour: 3, refresh_weekday: 0 } }))).id;
      else await unwrap(client.PATCH("/api/v1/audiences/{audience_id}", { params: { path: { audience_id: made.current } }, body: named }));
      await snapshot(made.current, thoseIn(audience));
      return made.current;
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: audienceKeys.all }),
  });
}
