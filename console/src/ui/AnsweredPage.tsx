import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { Refusal } from "@/api/refusal";
import { useT } from "@/i18n";

import { Page } from "./Page";
import { Refused } from "./Refused";
import { PageSkeleton } from "./Skeleton";

interface AnsweredPageProps<T> {
  query: UseQueryResult<T>;
  /** The way out, where there is nothing at this address. */
  back: { to: string; label: string };
  children: (data: T) => ReactNode;
}

/** A whole screen of one thing: on its way, refused, here. What a refusal said no to is not asked for again. */
export function AnsweredPage<T>({ query, back, children }: AnsweredPageProps<T>) {
  const t = useT();
  const { data, error } = query;
  if (data !== undefined) return <>{children(data)}</>;
  if (!error) return <PageSkeleton />;
  const isMissing = error instanceof Refusal && error.status === 404;
  return (
    <Page title={t(isMissing ? "common.notFoundTitle" : "common.unread")} back={back} narrow>
      <Refused error={error} {...(error instanceof Refusal ? {} : { onRetry: () => void query.refetch() })} />
    </Page>
  );
}
