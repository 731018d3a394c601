import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useState } from "react";
import { Outlet, useParams } from "react-router";

import { client, settle } from "@/api/client";
import { MemberContext, memberOf, useMe } from "@/api/member";
import { workInside } from "@/api/session";
import { tellTimesIn } from "@/i18n/format";
import { Refused } from "@/ui/Refused";
import { PageSkeleton } from "@/ui/Skeleton";

import { NoWorkspace } from "./NoWorkspace";
import { needsSignIn, SignInFirst } from "./SignInFirst";

/** Lets members of the workspace in the address through; sends all others where they can go on. */
export function WorkspaceGate() {
  const { slug = "" } = useParams();
  const last = useMe();
  const workspace = last.data?.memberships.find((each) => each.workspace.slug === slug)?.workspace;
  const isLast = last.data?.current?.workspace.id === workspace?.id;
  const other = useMe(workspace?.id ?? null, workspace !== undefined && !isLast);
  const me = isLast ? last : other;
  const inside = useInside(workspace?.id, slug, workspace?.time_zone);
  useRemembered(workspace !== undefined && !isLast ? workspace.id : null);
  if (needsSignIn(last)) return <SignInFirst />;
  if (last.data && !workspace) return <NoWorkspace slug={slug} />;
  const error = last.error ?? me.error;
  if (error && !me.data) {
    return (
      <main className="page narrow">
        <Refused error={error} onRetry={() => void last.refetch()} />
      </main>
    );
  }
  const current = me.data?.current;
  // Nothing below may ask before its requests name this workspace.
  if (!me.data || !current || current.workspace.slug !== slug || !inside) return <PageSkeleton />;
  return (
    <MemberContext value={memberOf(me.data, current)}>
      <Outlet key={slug} />
    </MemberContext>
  );
}

/** Name the workspace in every request from here on; nothing read in another one may be seen in it. */
function useInside(id: number | undefined, slug: string, zone: string | undefined): boolean {
  const queryClient = useQueryClient();
  const [inside, setInside] = useState<string | null>(null);
  useLayoutEffect(() => {
    if (id === undefined || zone === undefined) return;
    workInside(String(id));
    tellTimesIn(zone);
    queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== "me" });
    // eslint-disable-next-line react-hooks/set-state-in-effect -- what is below waits for the effect itself
    setInside(slug);
  }, [id, slug, zone, queryClient]);
  return inside === slug;
}

/** The workspace entered is the one shown next time. */
function useRemembered(id: number | null): void {
  useEffect(() => {
    if (id === null) return;
    settle(client.POST("/api/v1/workspaces/{workspace_id}/enter", { params: { path: { workspace_id: id } } })).catch(() => undefined);
  }, [id]);
}
