import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import type { components } from "@/api/schema";

import type { JsonObject } from "./graph";
import { journeyKeys } from "./journeysApi";

type Schemas = components["schemas"];
export type Gate = Schemas["GateOut"];

export interface Campaign {
  name: string;
  audience: number;
  message: number;
  account: number;
  /** Null: at once. */
  at: string | null;
}

/** What the gate would say of it now: how many go, who is held back and why. */
export function useGate(asked: Pick<Campaign, "audience" | "message" | "account"> | null) {
  return useQuery({
    queryKey: ["reach", "gate", asked],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/reach/preview", { body: { audience_id: asked?.audience ?? 0, message_id: asked?.message ?? 0, account_id: asked?.account ?? 0 }, signal })),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

const SOON = 15_000; // what is sent at once begins in so many milliseconds: a schedule lies ahead

/** A campaign is a journey with one send; made and begun in one go. */
export function useSendCampaign() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (campaign: Campaign) => {
      const made = await unwrap(client.POST("/api/v1/journeys", { body: { name: campaign.name, view: "campaign", graph: graphOf(campaign, new Date(Date.now() + SOON).toISOString()) } }));
      try {
        return await unwrap(client.POST("/api/v1/journeys/{journey_id}/activate", { params: { path: { journey_id: made.id } } }));
      } catch (refusal) {
        // It was not begun: leave no draft of the same name behind.
        await client.DELETE("/api/v1/journeys/{journey_id}", { params: { path: { journey_id: made.id } } });
        throw refusal;
      }
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: journeyKeys.all }),
  });
}

function graphOf(campaign: Campaign, soon: string): JsonObject {
  return {
    entry: { kind: "schedule", audience: campaign.audience, at: campaign.at ?? soon },
    start: "send1",
    nodes: { send1: { kind: "action", do: "reach.send", with: { message: campaign.message, account: campaign.account } } },
  };
}
