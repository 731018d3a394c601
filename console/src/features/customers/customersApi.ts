import { useMutation, useQueries, useQuery, useQueryClient, type QueryKey } from "@tanstack/react-query";

import { client, settle, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Listed = Schemas["CustomerListed"];
export type Customer = Schemas["CustomerOut"];
export type TimelineEvent = Schemas["TimelineEventOut"];
export type AttributeWord = Schemas["AttributeOut"];
export type Tagging = Schemas["TaggingOut"];

export const customerKeys = {
  all: ["customers"] as const,
  one: (id: number) => ["customers", "one", id] as const,
  conflicts: ["customers", "conflicts"] as const,
};

export function useCustomerWrite<T, R>(write: (body: T) => Promise<R>, stale: QueryKey = customerKeys.all) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => queryClient.invalidateQueries({ queryKey: stale }) });
}

export interface CustomerQuery {
  q: string;
  tag_id: number | null;
  staff_id: number | null;
  store_id: number | null;
}

export function useCustomers(query: CustomerQuery, enabled = true) {
  return usePages([...customerKeys.all, "list", query], (cursor, signal) => unwrap(client.GET("/api/v1/customers", { params: { query: { ...query, cursor: cursor ?? null } }, signal })), { enabled });
}

export function useCustomer(id: number, reveal = false) {
  return useQuery({
    queryKey: [...customerKeys.one(id), "page", reveal],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/customers/{customer_id}", { params: { path: { customer_id: id }, query: { reveal } }, signal })),
    ...(reveal ? { staleTime: Infinity, refetchOnWindowFocus: false } : {}),
  });
}

export function useTimeline(id: number, types: string[]) {
  return usePages([...customerKeys.one(id), "timeline", types], (cursor, signal) =>
    unwrap(client.GET("/api/v1/customers/{customer_id}/timeline", { params: { path: { customer_id: id }, query: { type: types, cursor: cursor ?? null } }, signal })),
  );
}

export function useAttributes() {
  return useQuery({ queryKey: [...customerKeys.all, "attributes"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/customers/attributes", { signal })), staleTime: 60_000 });
}

export function useStatuses() {
  return useQuery({ queryKey: [...customerKeys.all, "statuses"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/customers/follow-statuses", { signal })), staleTime: 60_000 });
}

/** What the properties of events are called, and what they hold. */
export function useEventTypeWords() {
  return useQuery({
    queryKey: ["event-types", "words"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/event-types", { params: { query: { limit: 200 } }, signal })),
    staleTime: 60_000,
  });
}

export function useKinds() {
  return useQuery({ queryKey: [...customerKeys.all, "kinds"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/customers/identity-kinds", { signal })), staleTime: 60_000 });
}

export function useChangeCustomer(id: number) {
  return useCustomerWrite((attributes: Schemas["CustomerPatch"]["attributes"]) => unwrap(client.PATCH("/api/v1/customers/{customer_id}", { params: { path: { customer_id: id } }, body: { attributes } })));
}

/** The tags of the customers of a list, page by page. */
export function useTagsOf(pages: number[][]): Map<number, Tagging[]> {
  // Not by `combine`: what was empty when it first ran is not drawn again when the answers come.
  const answers = useQueries({
    queries: pages.map((ids) => ({
      queryKey: ["tags", "of", ids],
      queryFn: ({ signal }: { signal: AbortSignal }) => unwrap(client.GET("/api/v1/tags/customers", { params: { query: { customer_id: ids } }, signal })),
      enabled: ids.length > 0,
    })),
  });
  return new Map(answers.flatMap((answer) => answer.data?.items.map((each) => [each.customer_id, each.tags] satisfies [number, Tagging[]]) ?? []));
}

export function useTagChoices(search: string) {
  return useQuery({
    queryKey: ["tags", "choices", search],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/tags", { params: { query: { search, limit: 100 } }, signal })),
    staleTime: 60_000,
  });
}

export function useStaffNames() {
  return useQuery({ queryKey: ["org", "staff", "names"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/staff", { params: { query: { limit: 200 } }, signal })), staleTime: 60_000 });
}

export function useStores() {
  return useQuery({ queryKey: ["org", "stores", "names"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/stores", { params: { query: { limit: 200 } }, signal })), staleTime: 60_000 });
}

export function useGroupChats() {
  return useQuery({ queryKey: [...customerKeys.all, "groups"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/customers/groups", { params: { query: { limit: 200 } }, signal })), staleTime: 60_000 });
}

export function useTags(id: number) {
  return useQuery({
    queryKey: ["tags", "customer", id],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/tags/customers/{customer_id}", { params: { path: { customer_id: id } }, signal })),
  });
}

export function useTagHistory(id: number) {
  return usePages(["tags", "customer", id, "history"], (cursor, signal) =>
    unwrap(client.GET("/api/v1/tags/customers/{customer_id}/history", { params: { path: { customer_id: id }, query: { cursor: cursor ?? null, limit: 20 } }, signal })),
  );
}

export function useGiveTag(id: number) {
  return useCustomerWrite((body: Schemas["TaggingIn"]) => unwrap(client.POST("/api/v1/tags/customers/{customer_id}", { params: { path: { customer_id: id } }, body })), ["tags"]);
}

export function useTakeTag(id: number) {
  return useCustomerWrite((tagId: number) => settle(client.DELETE("/api/v1/tags/customers/{customer_id}/{tag_id}", { params: { path: { customer_id: id, tag_id: tagId } } })), ["tags"]);
}

export function useBulkPreview(tagId: number | null, customers: number[]) {
  return useQuery({
    queryKey: ["tags", "bulk", tagId, customers],
    enabled: tagId !== null && customers.length > 0,
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/tags/{tag_id}/bulk/preview", { params: { path: { tag_id: tagId ?? 0 } }, body: { action: "give", customers }, signal })),
  });
}

export function useBulkTag() {
  return useCustomerWrite(
    ({ tagId, ...body }: { tagId: number; customers: number[]; reason: string }) => unwrap(client.POST("/api/v1/tags/{tag_id}/bulk", { params: { path: { tag_id: tagId } }, body: { action: "give", ...body } })),
    ["tags"],
  );
}

export function useAudiencesOf(id: number) {
  return useQuery({ queryKey: ["audiences", "of", id], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/audiences/of/{customer_id}", { params: { path: { customer_id: id } }, signal })) });
}
