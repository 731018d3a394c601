import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import type { components } from "@/api/schema";

import { journeyKeys } from "../journeysApi";

type Schemas = components["schemas"];
export type Ready = Schemas["ReadyOut"];
export type UseReady = Schemas["UseReadyIn"];

/** The ready journeys, in the reader's language. */
export function useLibrary() {
  return useQuery({
    queryKey: [...journeyKeys.all, "library"],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/journeys/library", { signal }))).items,
    staleTime: 300_000,
  });
}

export function useUseReady(ready: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: UseReady) => unwrap(client.POST("/api/v1/journeys/library/{ready}", { params: { path: { ready } }, body })),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: journeyKeys.all });
      void queryClient.invalidateQueries({ queryKey: ["messages"] });
    },
  });
}
