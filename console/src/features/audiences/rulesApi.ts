import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, settle, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

import type { Condition } from "./condition";

type Schemas = components["schemas"];
export type Rule = Schemas["RuleOut"];

export const ruleKeys = { all: ["rules"] as const };
const at = (id: number) => ({ params: { path: { rule_id: id } } });

/** Every rule, or those that keep one tag. */
export function useRules(tagId: number | null = null) {
  return usePages([...ruleKeys.all, "of", tagId], (cursor, signal) => unwrap(client.GET("/api/v1/audiences/rules", { params: { query: { tag_id: tagId, cursor: cursor ?? null } }, signal })), { refetchInterval: 10_000 });
}

export function useRule(id: number, enabled: boolean) {
  return useQuery({ queryKey: [...ruleKeys.all, id], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/audiences/rules/{rule_id}", { ...at(id), signal })), enabled });
}

export function useRulePreview(tagId: number | null, condition: Condition, ruleId: number | null, enabled: boolean) {
  return useQuery({
    queryKey: ["rules", "preview", tagId, condition, ruleId],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/audiences/rules/preview", { body: { tag_id: tagId ?? 0, condition, rule_id: ruleId }, signal })),
    enabled: enabled && tagId !== null,
  });
}

function useStale() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ruleKeys.all });
}

export function useSaveRule(rule: Rule | null) {
  return useMutation({
    mutationFn: ({ tag_id, ...body }: { name: string; tag_id: number; condition: Condition; schedule: Rule["schedule"] }) =>
      rule ? unwrap(client.PATCH("/api/v1/audiences/rules/{rule_id}", { ...at(rule.id), body })) : unwrap(client.POST("/api/v1/audiences/rules", { body: { ...body, tag_id, refresh_hour: 3, refresh_weekday: 0 } })),
    onSuccess: useStale(),
  });
}

export function useSwitchRule(rule: Rule) {
  return useMutation({ mutationFn: (is_enabled: boolean) => unwrap(client.PATCH("/api/v1/audiences/rules/{rule_id}", { ...at(rule.id), body: { is_enabled } })), onSuccess: useStale() });
}

export function useDeleteRule(rule: Rule) {
  return useMutation({
    mutationFn: (keep_tags: boolean) => settle(client.DELETE("/api/v1/audiences/rules/{rule_id}", { params: { path: { rule_id: rule.id }, query: { keep_tags } } })),
    onSuccess: useStale(),
  });
}
