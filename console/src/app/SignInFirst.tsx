import type { UseQueryResult } from "@tanstack/react-query";
import { Navigate, useLocation } from "react-router";

import type { Me } from "@/api/member";
import { Refusal } from "@/api/refusal";

/** Whether the account cannot work yet: nobody signed in, or the password must be chosen first. */
export function needsSignIn(me: UseQueryResult<Me>): boolean {
  if (me.error instanceof Refusal && me.error.status === 401) return true;
  return me.data?.user.must_change_password ?? false;
}

/** To the sign-in page, and back here afterwards. */
export function SignInFirst() {
  const { pathname, search } = useLocation();
  const next = pathname === "/" ? "" : `?next=${encodeURIComponent(pathname + search)}`;
  return <Navigate to={`/sign-in${next}`} replace />;
}
