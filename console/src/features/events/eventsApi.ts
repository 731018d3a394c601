import { useMutation, useQueryClient } from "@tanstack/react-query";

import { client, settle, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type EventType = Schemas["EventTypeOut"];

export const eventKeys = { types: ["event-types"] as const };
const at = (name: string) => ({ params: { path: { type_name: name } } });

export function useEventTypes(hidden: boolean) {
  return usePages([...eventKeys.types, hidden], (cursor, signal) => unwrap(client.GET("/api/v1/event-types", { params: { query: { hidden, limit: 200, cursor: cursor ?? null } }, signal })));
}

function useWrite<T, R>(write: (body: T) => Promise<R>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => queryClient.invalidateQueries({ queryKey: eventKeys.types }) });
}

export function useAddType() {
  return useWrite((body: Schemas["EventTypeIn"]) => unwrap(client.POST("/api/v1/event-types", { body })));
}

export function useChangeType(name: string) {
  return useWrite((body: Schemas["EventTypePatch"]) => unwrap(client.PATCH("/api/v1/event-types/{type_name}", { ...at(name), body })));
}

export function useRemoveType(name: string) {
  return useWrite(() => settle(client.DELETE("/api/v1/event-types/{type_name}", at(name))));
}

export function useAddProperty(name: string) {
  return useWrite((body: Schemas["PropertyIn"]) => unwrap(client.POST("/api/v1/event-types/{type_name}/properties", { ...at(name), body })));
}
