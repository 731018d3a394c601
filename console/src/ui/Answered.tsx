import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { Refused } from "./Refused";
import { BlockSkeleton } from "./Skeleton";

/** Three of the five states of anything asked from the server: on its way, refused, here. */
export function Answered<T>({
  query,
  skeleton,
  children,
}: {
  query: UseQueryResult<T>;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) {
    return <Refused error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <>{skeleton ?? <BlockSkeleton />}</>;
}
