import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Limit = Schemas["LimitOut"];

export const abouts = ["caps", "messages", "mass", "transfer", "contact", "calls"] as const;

const key = ["wecom", "limits"] as const;

export function useLimits() {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => unwrap(client.GET("/api/v1/wecom/limits", { signal })) });
}

function useWrite<T>(write: (given: T) => Promise<Limit>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSuccess: async (changed) => {
      queryClient.setQueryData<Limit[]>(key, (all) => all?.map((each) => (each.name === changed.name ? changed : each)));
      // A cap on messages is part of the contact policy.
      await queryClient.invalidateQueries({ queryKey: ["reach"] });
    },
  });
}

export function useChangeLimit() {
  return useWrite((body: Schemas["LimitIn"]) => unwrap(client.PUT("/api/v1/wecom/limits", { body })));
}

export function useRestoreLimit() {
  return useWrite((name: string) => unwrap(client.DELETE("/api/v1/wecom/limits", { params: { query: { name } } })));
}
