import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import { useSpeech } from "@/i18n";

import { isCondition, type Condition } from "./condition";
import type { Vocabulary } from "./vocabulary";

/** What a condition of this workspace can speak of, in the reader's language. */
export function useWords() {
  const { language } = useSpeech();
  return useQuery({
    queryKey: ["vocabulary", language],
    queryFn: async ({ signal }): Promise<Vocabulary> => {
      const { tag_groups: tagGroups, ...words } = await unwrap(client.GET("/api/v1/audiences/vocabulary", { signal }));
      return { ...words, tagGroups };
    },
    staleTime: 30_000,
  });
}

/** The condition as a plain sentence, in the reader's language. */
export function useSaid(condition: Condition, enabled: boolean) {
  const { language } = useSpeech();
  return useQuery({
    queryKey: ["said", condition, language],
    queryFn: async ({ signal }) => (await unwrap(client.POST("/api/v1/audiences/say", { body: { condition }, signal }))).sentence,
    placeholderData: keepPreviousData,
    staleTime: 300_000,
    enabled,
  });
}

/** A sentence read as a condition; what cannot be read is refused, with the place it stops at. */
export function useRead() {
  return useMutation({
    mutationFn: async (sentence: string): Promise<Condition> => {
      const { condition } = await unwrap(client.POST("/api/v1/audiences/read", { body: { sentence } }));
      if (!isCondition(condition)) throw new Error(sentence);
      return condition;
    },
  });
}
