import { useMutation, useQuery } from "@tanstack/react-query";

import { client, settle, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

import { customerKeys, useCustomerWrite } from "./customersApi";

type Schemas = components["schemas"];
export type Merge = Schemas["MergeOut"];
export type Conflict = Schemas["ConflictOut"];
export type Relation = Schemas["RelationOut"];
export type Dependant = Schemas["DependantOut"];
export type Consent = Schemas["ConsentOut"];
export type Identity = Schemas["IdentityOut"];

export function useAddIdentity(id: number) {
  return useCustomerWrite((body: Schemas["IdentityIn"]) => unwrap(client.POST("/api/v1/customers/{customer_id}/identities", { params: { path: { customer_id: id } }, body })));
}

export function useRemoveIdentity(id: number) {
  return useCustomerWrite((identityId: number) => settle(client.DELETE("/api/v1/customers/{customer_id}/identities/{identity_id}", { params: { path: { customer_id: id, identity_id: identityId } } })));
}

export function useRelate(id: number) {
  return useCustomerWrite(({ kind, target, ...body }: { kind: Schemas["RelationKind"]; target: number } & Schemas["RelationIn"]) =>
    unwrap(client.PUT("/api/v1/customers/{customer_id}/relations/{kind}/{target}", { params: { path: { customer_id: id, kind, target } }, body })),
  );
}

export function useUnrelate(id: number) {
  return useCustomerWrite(({ kind, target }: { kind: Schemas["RelationKind"]; target: number }) =>
    settle(client.DELETE("/api/v1/customers/{customer_id}/relations/{kind}/{target}", { params: { path: { customer_id: id, kind, target } } })),
  );
}

export function useAddDependant(id: number) {
  return useCustomerWrite((body: Schemas["DependantIn"]) => unwrap(client.POST("/api/v1/customers/{customer_id}/dependants", { params: { path: { customer_id: id } }, body })));
}

export function useRemoveDependant(id: number) {
  return useCustomerWrite((dependantId: number) => settle(client.DELETE("/api/v1/customers/{customer_id}/dependants/{dependant_id}", { params: { path: { customer_id: id, dependant_id: dependantId } } })));
}

export function useConsentHistory(id: number, enabled: boolean) {
  return usePages(
    [...customerKeys.one(id), "consents"],
    (cursor, signal) => unwrap(client.GET("/api/v1/customers/{customer_id}/consents/history", { params: { path: { customer_id: id }, query: { cursor: cursor ?? null } }, signal })),
    { enabled },
  );
}

export function useRecordConsent(id: number) {
  return useCustomerWrite((body: Schemas["ConsentIn"]) => unwrap(client.POST("/api/v1/customers/{customer_id}/consents", { params: { path: { customer_id: id } }, body })));
}

export function useMerges(id: number) {
  return usePages([...customerKeys.one(id), "merges"], (cursor, signal) => unwrap(client.GET("/api/v1/customers/{customer_id}/merges", { params: { path: { customer_id: id }, query: { cursor: cursor ?? null } }, signal })));
}

export function useMergePreview(winner: number, loser: number | null) {
  return useQuery({
    queryKey: [...customerKeys.one(winner), "merge", loser],
    enabled: loser !== null,
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/customers/merges/preview", { body: { winner_id: winner, loser_id: loser ?? 0 }, signal })),
  });
}

export function useMerge() {
  return useCustomerWrite((body: Schemas["CustomerMergeIn"]) => unwrap(client.POST("/api/v1/customers/merges", { body })));
}

export function useUndoMerge() {
  return useCustomerWrite((mergeId: number) => unwrap(client.POST("/api/v1/customers/merges/{merge_id}/undo", { params: { path: { merge_id: mergeId } } })));
}

export function useConflicts(state: Schemas["ConflictState"]) {
  return usePages([...customerKeys.conflicts, state], (cursor, signal) => unwrap(client.GET("/api/v1/customers/conflicts", { params: { query: { state, cursor: cursor ?? null } }, signal })));
}

export function useDecide(conflictId: number) {
  return useCustomerWrite((same: boolean): Promise<unknown> =>
    same
      ? unwrap(client.POST("/api/v1/customers/conflicts/{conflict_id}/accept", { params: { path: { conflict_id: conflictId } } }))
      : unwrap(client.POST("/api/v1/customers/conflicts/{conflict_id}/reject", { params: { path: { conflict_id: conflictId } } })),
  );
}

export function useExport(id: number) {
  return useMutation({ mutationFn: () => unwrap(client.POST("/api/v1/customers/{customer_id}/export", { params: { path: { customer_id: id } } })) });
}

export function useErase(id: number) {
  return useMutation({ mutationFn: (reason: string) => unwrap(client.POST("/api/v1/customers/{customer_id}/erase", { params: { path: { customer_id: id } }, body: { reason } })) });
}
