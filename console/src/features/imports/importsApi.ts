import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, settle, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Import = Schemas["ImportOut"];
export type ImportDetail = Schemas["ImportDetail"];
export type Mapping = Schemas["ImportMapping"];
export type MappedValue = Schemas["MappedValue"];
export type ReadAs = Schemas["ReadAs"];
export type FileFormat = Schemas["FileFormat"];
export type Inspection = Schemas["InspectionOut"];
export type ImportColumn = Schemas["ColumnOut"];
export type Preview = Schemas["PreviewOut"];
export type PreviewedRow = Schemas["PreviewedRowOut"];
export type BadRow = Schemas["BadRowOut"];
export type Recipe = Schemas["RecipeOut"];

export const importKeys = { all: ["imports"] as const };

function useWrite<T, R>(write: (body: T) => Promise<R>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => queryClient.invalidateQueries({ queryKey: importKeys.all }) });
}

export function useImports() {
  return usePages([...importKeys.all, "list"], (cursor, signal) => unwrap(client.GET("/api/v1/imports", { params: { query: { cursor: cursor ?? null } }, signal })), { refetchInterval: 4000 });
}

/** One import; asked for again every second while it runs. */
export function useImport(id: number) {
  return useQuery({
    queryKey: [...importKeys.all, "one", id],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/imports/{import_id}", { params: { path: { import_id: id } }, signal })),
    refetchInterval: (query) => (query.state.data?.state === "running" ? 1000 : false),
  });
}

export function useRecipes() {
  return useQuery({ queryKey: [...importKeys.all, "recipes"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/imports/recipes", { signal })), staleTime: Infinity });
}

export interface Look {
  format: FileFormat;
  kind: "events" | "customers" | null;
}

export function useInspection(id: number, look: Look) {
  return useQuery({
    queryKey: [...importKeys.all, "look", id, look],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/imports/{import_id}/inspect", { params: { path: { import_id: id } }, body: look, signal })),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
}

export function usePreview(id: number, mapping: Mapping) {
  return useQuery({
    queryKey: [...importKeys.all, "preview", id, mapping],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/imports/{import_id}/preview", { params: { path: { import_id: id } }, body: mapping, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useStart(id: number) {
  return useWrite((body: Schemas["StartIn"]) => unwrap(client.POST("/api/v1/imports/{import_id}/start", { params: { path: { import_id: id } }, body })));
}

export function useStop(id: number) {
  return useWrite(() => unwrap(client.POST("/api/v1/imports/{import_id}/stop", { params: { path: { import_id: id } } })));
}

export function useResume(id: number) {
  return useWrite(() => unwrap(client.POST("/api/v1/imports/{import_id}/resume", { params: { path: { import_id: id } } })));
}

export function useRemove(id: number) {
  return useWrite(() => settle(client.DELETE("/api/v1/imports/{import_id}", { params: { path: { import_id: id } } })));
}

export function useBadRows(id: number) {
  return usePages([...importKeys.all, "bad", id], (cursor, signal) => unwrap(client.GET("/api/v1/imports/{import_id}/bad-rows", { params: { path: { import_id: id }, query: { cursor: cursor ?? null } }, signal })));
}
