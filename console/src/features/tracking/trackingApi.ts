import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export const trackingKeys = { sites: ["sites"] as const };

export function useSites() {
  return usePages(trackingKeys.sites, (cursor, signal) => unwrap(client.GET("/api/v1/sites", { params: { query: { cursor: cursor ?? null } }, signal })));
}

export function useAddSite() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["SiteIn"]) => unwrap(client.POST("/api/v1/sites", { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trackingKeys.sites }),
  });
}

export function useChangeSite(siteId: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["SitePatch"]) => unwrap(client.PATCH("/api/v1/sites/{site_id}", { params: { path: { site_id: siteId } }, body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trackingKeys.sites }),
  });
}

export function useSnippet(siteId: number) {
  return useQuery({
    queryKey: [...trackingKeys.sites, siteId, "snippet"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/sites/{site_id}/snippet", { params: { path: { site_id: siteId } }, signal })),
    gcTime: 0,
  });
}
