import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import type { components } from "@/api/schema";
import { useSpeech } from "@/i18n";

type Schemas = components["schemas"];
export type SourceRank = Schemas["SourceRankOut"];

const keys = { all: ["source ranks"] as const };

/** Whose word counts more when customers become one, the highest first. */
export function useSourceRanks() {
  const { language } = useSpeech();
  return useQuery({
    queryKey: [...keys.all, language],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/customers/source-ranks", { signal }))).items,
  });
}

/** Null: all as built in. */
export function useSetSourceRanks() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ranks: Schemas["SourceRanksIn"]["ranks"]) => unwrap(client.PUT("/api/v1/customers/source-ranks", { body: { ranks } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.all }),
  });
}
