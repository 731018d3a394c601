import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

import type { Part } from "./parts";

type Schemas = components["schemas"];
export type Message = Schemas["MessageOut"];
export type Version = Schemas["MessageVersionOut"];
export type Kit = Schemas["MessageKitOut"];
export type KitChannel = Schemas["MessageChannelOut"];
export type KitPart = Schemas["PartKindOut"];
export type KitField = Schemas["PartFieldOut"];
export type Word = Schemas["MessageWordOut"];
export type Preview = Schemas["MessagePreviewOut"];
export type Channel = Schemas["MessageIn"]["channel"];
export type Purpose = NonNullable<Schemas["MessageIn"]["purpose"]>;

export const messageKeys = { all: ["messages"] as const, one: (id: number) => ["messages", id] as const };

const at = (id: number) => ({ params: { path: { message_id: id } } });
const version = (id: number, number: number) => ({ params: { path: { message_id: id, number } } });

/** A write after which everything said of messages is read anew. */
function useWrite<T, R>(write: (body: T) => Promise<R>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => queryClient.invalidateQueries({ queryKey: messageKeys.all }) });
}

export function useMessages(query: { q: string; archived: boolean; channel: Channel | null }) {
  return usePages([...messageKeys.all, "list", query], (cursor, signal) => unwrap(client.GET("/api/v1/messages", { params: { query: { ...query, cursor: cursor ?? null } }, signal })));
}

export function useMessage(id: number, enabled = true) {
  return useQuery({ queryKey: messageKeys.one(id), queryFn: ({ signal }) => unwrap(client.GET("/api/v1/messages/{message_id}", { ...at(id), signal })), enabled });
}

export function useVersions(id: number) {
  return usePages([...messageKeys.one(id), "versions"], (cursor, signal) =>
    unwrap(client.GET("/api/v1/messages/{message_id}/versions", { params: { path: { message_id: id }, query: { cursor: cursor ?? null } }, signal })),
  );
}

/** What a message can be made of: kinds of parts by channel, variables. */
export function useKit() {
  return useQuery({ queryKey: ["vocabulary", "messages"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/messages/kit", { signal })), staleTime: 300_000 });
}

/** The message as a customer reads it, or with samples; what came before stays while it is asked anew. */
export function usePreview(body: { channel: Channel; parts: Part[]; customer_id: number | null }, enabled: boolean) {
  return useQuery({
    queryKey: [...messageKeys.all, "preview", body],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/messages/preview", { body, signal })),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useCreateMessage() {
  return useWrite((body: Schemas["MessageIn"]) => unwrap(client.POST("/api/v1/messages", { body })));
}

/** Saves what changed: the name and purpose, and what it says. */
export function useSaveMessage(message: Message) {
  return useWrite(async ({ name, purpose, parts }: { name: string; purpose: Purpose; parts: Part[] }) => {
    if (name !== message.name || purpose !== message.purpose) await unwrap(client.PATCH("/api/v1/messages/{message_id}", { ...at(message.id), body: { name, purpose } }));
    return unwrap(client.POST("/api/v1/messages/{message_id}/versions", { ...at(message.id), body: { parts } }));
  });
}

export function usePutAwayMessage(id: number) {
  return useWrite((act: "archive" | "restore") =>
    unwrap(client.POST(act === "archive" ? "/api/v1/messages/{message_id}/archive" : "/api/v1/messages/{message_id}/restore", at(id))),
  );
}

/** What it said before becomes what it says next. */
export function useRestoreVersion(id: number) {
  return useWrite((number: number) => unwrap(client.POST("/api/v1/messages/{message_id}/versions/{number}/restore", version(id, number))));
}

export function useAskReview(id: number, number: number) {
  return useWrite((note: string) => unwrap(client.POST("/api/v1/messages/{message_id}/versions/{number}/ask", { ...version(id, number), body: { note } })));
}

export function useApprove(id: number, number: number) {
  return useWrite(() => unwrap(client.POST("/api/v1/messages/{message_id}/versions/{number}/approve", version(id, number))));
}

export function useReject(id: number, number: number) {
  return useWrite((reason: string) => unwrap(client.POST("/api/v1/messages/{message_id}/versions/{number}/reject", { ...version(id, number), body: { reason } })));
}

/** For whom in an audience words are lacking. */
export function useGaps(id: number, number: number, audience: number | null) {
  return useQuery({
    queryKey: [...messageKeys.one(id), "gaps", number, audience],
    queryFn: ({ signal }) =>
      unwrap(client.GET("/api/v1/messages/{message_id}/versions/{number}/gaps", { params: { path: { message_id: id, number }, query: { audience_id: audience ?? 0 } }, signal })),
    enabled: audience !== null,
  });
}
