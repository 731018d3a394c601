import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";

import { client, unwrap } from "@/api/client";
import { useT } from "@/i18n";

/** Customers by name, pinyin or the end of a phone. */
export function usePeopleNamed(words: string) {
  return useQuery({
    queryKey: ["people named", words],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/customers", { params: { query: { q: words, limit: 20 } }, signal }))).items,
    placeholderData: keepPreviousData,
  });
}

const named = (customer: number) => ({
  queryKey: ["person", "name", customer],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const { attributes } = await unwrap(client.GET("/api/v1/customers/{customer_id}", { params: { path: { customer_id: customer } }, signal }));
    return typeof attributes["name"] === "string" ? attributes["name"] : "";
  },
  staleTime: 60_000,
});

/** What a customer is called. */
export function useNameOf(customer: number | null) {
  return useQuery({ ...named(customer ?? 0), enabled: customer !== null });
}

/** What several are called, in their order; undefined while it is being asked. */
export function useNamesOf(customers: number[]): (string | undefined)[] {
  return useQueries({ queries: customers.map(named) }).map((each) => each.data);
}

/** The name, or what stands for one. */
export function useCalled(): (customer: number, name: string | null | undefined) => string {
  const t = useT();
  return (id, name) => (name?.trim() ? name : t("common.unnamed", { id }));
}
