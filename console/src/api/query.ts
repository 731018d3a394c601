import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { Offline, Refusal } from "./refusal";

/** A refusal is an answer: asking again changes nothing. A lost connection is worth two more tries. */
function again(failures: number, error: Error): boolean {
  return !(error instanceof Refusal) && error instanceof Offline && failures < 2;
}

const EXPIRED = "workspaces.not_signed_in";

export function newQueryClient(): QueryClient {
  // Whatever hears first that nobody is signed in any more has it asked who is: the gate then asks to sign in.
  const askWho = (error: Error) => {
    if (error instanceof Refusal && error.code === EXPIRED) void client.invalidateQueries({ queryKey: ["me"] });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.queryKey[0] !== "me") askWho(error);
      },
    }),
    mutationCache: new MutationCache({
      onError: askWho,
      // Whatever is written may be named in a condition from then on; it is read again where it is next chosen from.
      onSuccess: () => void client.invalidateQueries({ queryKey: ["vocabulary"], refetchType: "none" }),
    }),
    defaultOptions: {
      queries: { staleTime: 15_000, retry: again, refetchOnWindowFocus: true, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  return client;
}
