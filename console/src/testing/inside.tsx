import type { ReactNode } from "react";
import type { RouteObject } from "react-router";

import { MemberContext, memberOf } from "@/api/member";

import { me } from "./builders";

/** A screen at this address, as a member of the tea house sees it; every other address is “别处”. */
export function inside(path: string, screen: ReactNode, mine = me()): RouteObject[] {
  if (!mine.current) throw new Error("nobody");
  return [
    { path, element: <MemberContext value={memberOf(mine, mine.current)}>{screen}</MemberContext> },
    { path: "*", element: <p>别处</p> },
  ];
}
