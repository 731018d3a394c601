import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, settle, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Tag = Schemas["TagOut"];
export type TagGroup = Schemas["GroupOut"];
export type TagChange = Schemas["TagChangeOut"];
export type TagHolder = Schemas["TagHolderOut"];

export const tagKeys = { all: ["tags"] as const };

/** A write after which everything said of tags is read anew. */
function useWrite<T, R>(write: (body: T) => Promise<R>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => queryClient.invalidateQueries({ queryKey: tagKeys.all }) });
}

export function useGroups(archived = false) {
  return useQuery({
    queryKey: [...tagKeys.all, "groups", archived],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/tags/groups", { params: { query: { archived, limit: 200 } }, signal })),
  });
}

/** Members who can answer for tags. */
export function useOwners(search: string) {
  return useQuery({
    queryKey: [...tagKeys.all, "owners", search],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/tags/owners", { params: { query: { search, limit: 50 } }, signal }))).items,
    placeholderData: keepPreviousData,
  });
}

export interface TagQuery {
  group_id: number | null;
  search: string;
  archived: boolean;
}

export function useTags(query: TagQuery) {
  return usePages([...tagKeys.all, "list", query], (cursor, signal) =>
    unwrap(client.GET("/api/v1/tags", { params: { query: { ...query, cursor: cursor ?? null, limit: 100 } }, signal })),
  );
}

export function useTag(id: number) {
  return useQuery({
    queryKey: [...tagKeys.all, "one", id],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/tags/{tag_id}", { params: { path: { tag_id: id } }, signal })),
  });
}

export function useHolders(id: number) {
  return usePages([...tagKeys.all, "holders", id], (cursor, signal) =>
    unwrap(client.GET("/api/v1/tags/{tag_id}/customers", { params: { path: { tag_id: id }, query: { cursor: cursor ?? null } }, signal })),
  );
}

export function useTagHistory(id: number) {
  return usePages([...tagKeys.all, "history", id], (cursor, signal) =>
    unwrap(client.GET("/api/v1/tags/{tag_id}/history", { params: { path: { tag_id: id }, query: { cursor: cursor ?? null } }, signal })),
  );
}

export function useSaveGroup(id: number | null) {
  return useWrite((body: Schemas["GroupIn"] & Pick<Schemas["GroupPatch"], "overlaps">) => {
    const { overlaps, ...said } = body;
    return id === null
      ? unwrap(client.POST("/api/v1/tags/groups", { body: said }))
      : unwrap(client.PATCH("/api/v1/tags/groups/{group_id}", { params: { path: { group_id: id } }, body: { ...said, ...(overlaps ? { overlaps } : {}) } }));
  });
}

export function useSaveTag(id: number | null) {
  return useWrite((body: Schemas["TagIn"]) =>
    id === null
      ? unwrap(client.POST("/api/v1/tags", { body }))
      : unwrap(client.PATCH("/api/v1/tags/{tag_id}", { params: { path: { tag_id: id } }, body })),
  );
}

export function usePutAwayTag(id: number) {
  return useWrite((act: "archive" | "restore") =>
    unwrap(client.POST(act === "archive" ? "/api/v1/tags/{tag_id}/archive" : "/api/v1/tags/{tag_id}/restore", { params: { path: { tag_id: id } } })),
  );
}

export function usePutAwayGroup(id: number) {
  return useWrite((act: "archive" | "restore") =>
    unwrap(
      client.POST(act === "archive" ? "/api/v1/tags/groups/{group_id}/archive" : "/api/v1/tags/groups/{group_id}/restore", {
        params: { path: { group_id: id } },
      }),
    ),
  );
}

export function useDeleteTag(id: number) {
  return useWrite(() => settle(client.DELETE("/api/v1/tags/{tag_id}", { params: { path: { tag_id: id } } })));
}

export function useDeleteGroup(id: number) {
  return useWrite(() => settle(client.DELETE("/api/v1/tags/groups/{group_id}", { params: { path: { group_id: id } } })));
}

export function useOrderGroups() {
  return useWrite((ids: number[]) => settle(client.POST("/api/v1/tags/groups/order", { body: { ids } })));
}

export function useOrderTags(groupId: number) {
  return useWrite((ids: number[]) => settle(client.POST("/api/v1/tags/groups/{group_id}/order", { params: { path: { group_id: groupId } }, body: { ids } })));
}

export function useMergePreview(id: number, intoId: number | null) {
  return useQuery({
    queryKey: [...tagKeys.all, "merge", id, intoId],
    enabled: intoId !== null,
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/tags/{tag_id}/merge", { params: { path: { tag_id: id }, query: { into_id: intoId ?? 0 } }, signal })),
  });
}

export function useMergeTag(id: number) {
  return useWrite((intoId: number) => unwrap(client.POST("/api/v1/tags/{tag_id}/merge", { params: { path: { tag_id: id } }, body: { into_id: intoId } })));
}

export function useBulkPreview(id: number, body: Schemas["BulkPreviewIn"]) {
  return useQuery({
    queryKey: [...tagKeys.all, "bulk", id, body],
    enabled: body.customers.length > 0,
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/tags/{tag_id}/bulk/preview", { params: { path: { tag_id: id } }, body, signal })),
  });
}

export function useBulk(id: number) {
  return useWrite((body: Schemas["BulkIn"]) => unwrap(client.POST("/api/v1/tags/{tag_id}/bulk", { params: { path: { tag_id: id } }, body })));
}
