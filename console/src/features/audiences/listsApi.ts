import { useMutation, useQueryClient } from "@tanstack/react-query";

import { client, ourHeaders, unwrap } from "@/api/client";
import { Offline, refusalOf } from "@/api/refusal";
import type { components } from "@/api/schema";

import { audienceKeys } from "./audiencesApi";

export type ListChange = components["schemas"]["ListChangeOut"];

/** Whom to put on a list: customers chosen here, or everybody a file names. */
export type ToPutOn = { customers: number[] } | { file: File };

export function usePutOn(id: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (whom: ToPutOn) => ("file" in whom ? upload(id, whom.file) : unwrap(client.POST("/api/v1/audiences/{audience_id}/members", { params: { path: { audience_id: id } }, body: whom }))),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: audienceKeys.all }),
  });
}

export function useTakeOff(id: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (customer: number) => unwrap(client.POST("/api/v1/audiences/{audience_id}/members/remove", { params: { path: { audience_id: id } }, body: { customers: [customer] } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: audienceKeys.all }),
  });
}

async function upload(id: number, file: File): Promise<ListChange> {
  const body = new FormData();
  body.append("file", file);
  const answer = await fetch(`/api/v1/audiences/${String(id)}/members/upload`, { method: "POST", headers: ourHeaders("POST"), credentials: "same-origin", body }).catch(() => {
    throw new Offline();
  });
  const said: unknown = await answer.json().catch(() => null);
  if (!answer.ok || !isChange(said)) throw refusalOf(answer.status, said);
  return said;
}

function isChange(said: unknown): said is ListChange {
  return typeof said === "object" && said !== null && "changed" in said && "unknown" in said;
}
