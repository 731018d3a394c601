import { Navigate, useParams } from "react-router";

import { useMe } from "@/api/member";
import { Refused } from "@/ui/Refused";
import { PageSkeleton } from "@/ui/Skeleton";

import { NoWorkspace } from "./NoWorkspace";
import { SignInFirst, needsSignIn } from "./SignInFirst";

/** The address without a screen: goes to the workspace used last. */
export function Start() {
  const me = useMe();
  const { slug } = useParams();
  if (needsSignIn(me)) return <SignInFirst />;
  if (me.error) return <Refused error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data) return <PageSkeleton />;
  const last = slug ?? me.data.current?.workspace.slug;
  return last ? <Navigate to={`/w/${last}/today`} replace /> : <NoWorkspace />;
}
