import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { useNavigate } from "react-router";

import { client, settle, unwrap } from "./client";
import type { components } from "./schema";
import { workInside } from "./session";

export type Me = components["schemas"]["MeOut"];
export type Workspace = components["schemas"]["WorkspaceOut"];
export type Role = components["schemas"]["Role"];

/** Who is asking, in which workspace, and what they may do. */
export interface Member {
  user: Me["user"];
  workspace: Workspace;
  role: Role;
  memberships: Me["memberships"];
  may: (permission: string) => boolean;
  /** The address of a screen of this workspace. */
  path: (inside: string) => string;
}

export const MemberContext = createContext<Member | null>(null);

export function useMember(): Member {
  const member = useContext(MemberContext);
  if (!member) throw new Error("useMember is for screens inside a workspace");
  return member;
}

export function memberOf(me: Me, current: NonNullable<Me["current"]>): Member {
  const allowed = new Set(current.permissions);
  return {
    user: me.user,
    workspace: current.workspace,
    role: current.role,
    memberships: me.memberships,
    may: (permission) => allowed.has(permission),
    path: (inside) => `/w/${current.workspace.slug}/${inside}`,
  };
}

export const meKeys = { all: ["me"] as const, within: (workspace: number | null) => ["me", workspace] as const };

/** Me, and what I may do in this workspace; without one, in the one used last. */
export function useMe(workspace: number | null = null, enabled = true) {
  return useQuery({
    queryKey: meKeys.within(workspace),
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/me", { signal, headers: { "X-Workspace": workspace === null ? null : String(workspace) } })),
    staleTime: 60_000,
    enabled,
  });
}

export function useSignOut() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => settle(client.POST("/api/v1/auth/sign-out")),
    onSettled: async () => {
      await navigate("/sign-in", { replace: true });
      workInside("");
      queryClient.clear();
    },
  });
}
