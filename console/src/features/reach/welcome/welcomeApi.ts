import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import type { components } from "@/api/schema";

import { asParts, drafted, type Draft } from "../parts";

type Schemas = components["schemas"];
export type Slot = Schemas["WelcomeSlotIn"];
export type WelcomePreview = Schemas["WelcomePreviewOut"];

/** A slot while it is being written. */
export interface WrittenSlot {
  key: number;
  windows: Schemas["WeekWindow"][];
  drafts: Draft[];
}

let last = 0;

export function written(slot: { windows: Schemas["WeekWindow"][]; parts: Record<string, unknown>[] }): WrittenSlot {
  last += 1;
  return { key: last, windows: slot.windows, drafts: asParts(slot.parts).map(drafted) };
}

export function slotsOf(slots: WrittenSlot[]): Slot[] {
  return slots.map((each) => ({ windows: each.windows, parts: each.drafts.map((draft) => draft.part) }));
}

const keyOf = (corp: number) => ["wecom", "welcome", corp] as const;
const at = (corp: number) => ({ path: { corp_id: corp } });

export function useWelcome(corp: number) {
  return useQuery({ queryKey: keyOf(corp), queryFn: ({ signal }) => unwrap(client.GET("/api/v1/wecom/corps/{corp_id}/welcome", { params: at(corp), signal })), refetchOnWindowFocus: false });
}

export function useSaveWelcome(corp: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (slots: Slot[]) => unwrap(client.PUT("/api/v1/wecom/corps/{corp_id}/welcome", { params: at(corp), body: { slots } })),
    onSuccess: (saved) => { queryClient.setQueryData(keyOf(corp), saved); },
  });
}

/** What somebody would hear who comes then; files are fetched and looked at. */
export function useWelcomePreview(corp: number, asked: { slots: Slot[]; at: string | null }, enabled: boolean) {
  return useQuery({
    queryKey: [...keyOf(corp), "preview", asked],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/wecom/corps/{corp_id}/welcome/preview", { params: at(corp), body: asked, signal })),
    placeholderData: keepPreviousData,
    enabled,
    retry: false,
  });
}
