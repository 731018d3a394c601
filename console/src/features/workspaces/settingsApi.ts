import { useMutation, useQuery, useQueryClient, type QueryKey } from "@tanstack/react-query";

import { client, settle, unwrap } from "@/api/client";
import { meKeys } from "@/api/member";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export const settingsKeys = {
  members: ["members"] as const,
  roles: ["roles"] as const,
  tree: ["org", "tree"] as const,
  org: ["org"] as const,
  keys: ["keys"] as const,
  jobs: ["jobs"] as const,
  audit: ["audit"] as const,
};

/** A write after which these lists are read anew. */
function useWrite<T, R>(write: (body: T) => Promise<R>, stale: QueryKey) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: write, onSuccess: () => queryClient.invalidateQueries({ queryKey: stale }) });
}

export function useChangeBrand() {
  return useWrite((body: Schemas["WorkspacePatch"]) => unwrap(client.PATCH("/api/v1/workspaces/current", { body })), meKeys.all);
}

export function useMembers(q: string) {
  return usePages([...settingsKeys.members, q], (cursor, signal) => unwrap(client.GET("/api/v1/members", { params: { query: { q, cursor: cursor ?? null } }, signal })));
}

export function useInvite() {
  return useWrite((body: Schemas["MemberIn"]) => unwrap(client.POST("/api/v1/members", { body })), settingsKeys.members);
}

export function useChangeMember(memberId: number) {
  return useWrite((body: Schemas["MemberChange"]) => unwrap(client.PATCH("/api/v1/members/{member_id}", { params: { path: { member_id: memberId } }, body })), settingsKeys.members);
}

export function useResetPassword(memberId: number) {
  return useWrite((body: Schemas["ResetIn"]) => unwrap(client.POST("/api/v1/members/{member_id}/password", { params: { path: { member_id: memberId } }, body })), settingsKeys.members);
}

export function useRoles() {
  return useQuery({ queryKey: settingsKeys.roles, queryFn: ({ signal }) => unwrap(client.GET("/api/v1/workspaces/roles", { signal })), staleTime: Infinity });
}

export function useTree(enabled = true) {
  return useQuery({ queryKey: settingsKeys.tree, queryFn: ({ signal }) => unwrap(client.GET("/api/v1/org/tree", { signal })), enabled });
}

export function useStaff(query: { q?: string; department_id?: number | null; store_id?: number | null }) {
  return usePages([...settingsKeys.org, "staff", query], (cursor, signal) => unwrap(client.GET("/api/v1/staff", { params: { query: { ...query, cursor: cursor ?? null } }, signal })));
}

export function useSaveDepartment(id: number | null) {
  return useWrite(
    (body: { name: string; parent_id: number | null }) =>
      id === null
        ? unwrap(client.POST("/api/v1/departments", { body }))
        : unwrap(client.PATCH("/api/v1/departments/{department_id}", { params: { path: { department_id: id } }, body: { ...body, parent_id: body.parent_id ?? 0 } })),
    settingsKeys.org,
  );
}

export function useRemoveDepartment() {
  return useWrite((id: number) => settle(client.DELETE("/api/v1/departments/{department_id}", { params: { path: { department_id: id } } })), settingsKeys.org);
}

export function useSaveStore(id: number | null) {
  return useWrite(
    (body: { name: string; code: string; department_id: number | null; is_active?: boolean }) =>
      id === null
        ? unwrap(client.POST("/api/v1/stores", { body: { name: body.name, code: body.code, department_id: body.department_id } }))
        : unwrap(client.PATCH("/api/v1/stores/{store_id}", { params: { path: { store_id: id } }, body: { ...body, department_id: body.department_id ?? 0 } })),
    settingsKeys.org,
  );
}

export function useSaveStaff(id: number | null) {
  return useWrite(
    ({ is_active, ...body }: { name: string; code: string; department_id: number | null; store_ids: number[]; is_active?: boolean }) =>
      id === null
        ? unwrap(client.POST("/api/v1/staff", { body }))
        : unwrap(client.PATCH("/api/v1/staff/{staff_id}", { params: { path: { staff_id: id } }, body: { ...body, department_id: body.department_id ?? 0, is_active: is_active ?? null } })),
    settingsKeys.org,
  );
}

export function useKeys() {
  return usePages(settingsKeys.keys, (cursor, signal) => unwrap(client.GET("/api/v1/keys", { params: { query: { cursor: cursor ?? null } }, signal })));
}

export function useMakeKey() {
  return useWrite((body: Schemas["KeyIn"]) => unwrap(client.POST("/api/v1/keys", { body })), settingsKeys.keys);
}

export function useRevokeKey() {
  return useWrite((id: number) => unwrap(client.DELETE("/api/v1/keys/{key_id}", { params: { path: { key_id: id } } })), settingsKeys.keys);
}

export function useJobs(state: Schemas["JobState"] | null) {
  return usePages([...settingsKeys.jobs, state], (cursor, signal) => unwrap(client.GET("/api/v1/jobs", { params: { query: { state, cursor: cursor ?? null } }, signal })), { refetchInterval: 4000 });
}

export function useCancelJob() {
  return useWrite((id: number) => unwrap(client.POST("/api/v1/jobs/{job_id}/cancel", { params: { path: { job_id: id } } })), settingsKeys.jobs);
}

export interface AuditQuery {
  actor?: string;
  action?: string;
  target?: string;
  since?: string | null;
  until?: string | null;
}

export function useAudit(query: AuditQuery) {
  return usePages([...settingsKeys.audit, query], (cursor, signal) => unwrap(client.GET("/api/v1/audit", { params: { query: { ...query, cursor: cursor ?? null } }, signal })));
}

export function useVerifyAudit() {
  return useMutation({ mutationFn: () => unwrap(client.GET("/api/v1/audit/verify")) });
}
