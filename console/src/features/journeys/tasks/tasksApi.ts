import { useMutation, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

export type Task = components["schemas"]["TaskOut"];

const tasksKey = ["tasks"] as const;

/** What colleagues are asked to do, of one journey or of all. */
export function useTasks(query: { done: boolean; journey: number | null }) {
  return usePages([...tasksKey, query], (cursor, signal) => unwrap(client.GET("/api/v1/journeys/tasks", { params: { query: { ...query, cursor: cursor ?? null } }, signal })), { refetchInterval: 15_000 });
}

export function useFinishTask() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => unwrap(client.POST("/api/v1/journeys/tasks/{task_id}/done", { params: { path: { task_id: id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: tasksKey }),
  });
}
