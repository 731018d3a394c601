import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

import { journeyKeys } from "../journeysApi";

type Schemas = components["schemas"];
export type Gate = Schemas["GateOut"];
export type Campaign = Schemas["CampaignView"];
export type SendCampaign = Schemas["SendCampaignIn"];

export interface Asked {
  audience: number;
  message: number;
  account: number;
  holdout: number;
}

/** What the gate would say of it now: how many go, who is held back and why. */
export function useGate(asked: Asked | null) {
  return useQuery({
    queryKey: ["reach", "gate", asked],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/reach/preview", { body: { audience_id: asked?.audience ?? 0, message_id: asked?.message ?? 0, account_id: asked?.account ?? 0, holdout_percent: asked?.holdout ?? 0 }, signal })),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** Made and begun in one go; what is refused leaves nothing behind. */
export function useSendCampaign() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: SendCampaign) => unwrap(client.POST("/api/v1/journeys/campaigns", { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: journeyKeys.all }),
  });
}

const LIVELY = 2000;
const CALM = 15_000;

/** How far it is, asked every other second while anything moves. */
export function useProgress(id: number, moves: (progress: Schemas["ProgressOut"]) => boolean) {
  return useQuery({
    queryKey: [...journeyKeys.one(id), "progress"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/journeys/{journey_id}/progress", { params: { path: { journey_id: id } }, signal })),
    refetchInterval: ({ state }) => (state.data && !moves(state.data) ? CALM : LIVELY),
  });
}

/** What was chosen: whom, what, when; null where its graph says more than a campaign can. */
export function useCampaignFace(id: number) {
  return useQuery({
    queryKey: [...journeyKeys.one(id), "face"],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/journeys/{journey_id}/face", { params: { path: { journey_id: id } }, signal }))).campaign ?? null,
  });
}

export function useCampaigns() {
  return usePages([...journeyKeys.all, "list", "campaigns"], (cursor, signal) => unwrap(client.GET("/api/v1/journeys", { params: { query: { view: "campaign", cursor: cursor ?? null } }, signal })), { refetchInterval: CALM });
}

/** Whether it made mass messages in WeCom, for staff to confirm. */
export function useHasMass(journey: number, enabled: boolean) {
  return useQuery({
    queryKey: ["wecom", "mass", "of", journey],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/wecom/mass", { params: { query: { journey, limit: 1 } }, signal }))).items.length > 0,
    refetchInterval: 30_000,
    enabled,
  });
}
