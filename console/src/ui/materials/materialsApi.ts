import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, settle, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Material = Schemas["MaterialOfLibraryOut"];
export type MaterialKind = Material["kind"];
export type Folder = Schemas["PhraseGroupOut"];

export const kinds = ["text", "image", "link", "mini_program", "video", "file"] as const;

export interface Looking {
  q: string;
  group_id: number | null;
  kind: MaterialKind[];
  label: string;
}

/** The key of everything read of the library: what is written there makes it stale. */
export const materialKeys = ["guides", "phrases"] as const;

export function useMaterials(looking: Looking) {
  return usePages([...materialKeys, "written", looking], (cursor, signal) =>
    unwrap(client.GET("/api/v1/guides/phrases", { params: { query: { ...looking, limit: 60, cursor: cursor ?? null } }, signal })),
  );
}

export function useFolders() {
  return useQuery({ queryKey: [...materialKeys, "groups"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/guides/phrase-groups", { params: { query: { limit: 200 } }, signal })) });
}

export function useLabels() {
  return useQuery({ queryKey: [...materialKeys, "labels"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/guides/phrase-labels", { signal })) });
}

/** A file that has just been uploaded becomes something of the library. */
export function useKeepFile() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["PhraseIn"]) => unwrap(client.POST("/api/v1/guides/phrases", { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: materialKeys }),
  });
}

/** Counted quietly: how often something was put into a message. */
export function countTaken(id: number): void {
  settle(client.POST("/api/v1/guides/phrases/{phrase_id}/taken", { params: { path: { phrase_id: id } } })).catch(() => undefined);
}
