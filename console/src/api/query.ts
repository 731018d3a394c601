import { QueryClient } from "@tanstack/react-query";

import { Offline, Refusal } from "./refusal";

/** A refusal is an answer: asking again changes nothing. A lost connection is worth two more tries. */
function again(failures: number, error: Error): boolean {
  return !(error instanceof Refusal) && error instanceof Offline && failures < 2;
}

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: again, refetchOnWindowFocus: true, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
