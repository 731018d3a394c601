import { useInfiniteQuery, type InfiniteData, type QueryKey, type UseInfiniteQueryResult } from "@tanstack/react-query";

export interface PageOf<T> {
  items: T[];
  next?: string | null;
}

export type PagesQuery<T> = UseInfiniteQueryResult<InfiniteData<PageOf<T>>>;

/** A list of the server, page after page by its cursor. */
export function usePages<T>(
  queryKey: QueryKey,
  page: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<T>>,
  options: { enabled?: boolean; refetchInterval?: number | false } = {},
): PagesQuery<T> {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => page(pageParam, signal),
    initialPageParam: undefinedCursor(),
    getNextPageParam: (last) => last.next ?? undefined,
    ...options,
  });
}

function undefinedCursor(): string | undefined {
  return undefined;
}

export function itemsOf<T>(query: PagesQuery<T>): T[] {
  return query.data?.pages.flatMap((page) => page.items) ?? [];
}
