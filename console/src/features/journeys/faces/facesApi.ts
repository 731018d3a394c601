import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import type { components } from "@/api/schema";

import { journeyKeys } from "../journeysApi";

type Schemas = components["schemas"];
export type Faces = Schemas["FacesIn"];
export type SopView = Schemas["SopView"];
export type MomentsView = Schemas["MomentsView"];
export type WelcomeView = Schemas["WelcomeView"];

/** A journey by the face it was made with; nothing under it where more was drawn than it can show. */
export function useFace(id: number, enabled: boolean) {
  return useQuery({
    queryKey: [...journeyKeys.one(id), "face"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/journeys/{journey_id}/face", { params: { path: { journey_id: id } }, signal })),
    enabled,
  });
}

export function useMakeFaced() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Faces & { name: string }) => unwrap(client.POST("/api/v1/journeys/faces", { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: journeyKeys.all }),
  });
}

export function useChangeFaced(id: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Faces) => unwrap(client.PUT("/api/v1/journeys/{journey_id}/face", { params: { path: { journey_id: id } }, body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: journeyKeys.all }),
  });
}
