import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { client, settle, unwrap } from "@/api/client";
import type { components } from "@/api/schema";
import { useSpeech } from "@/i18n";

type Schemas = components["schemas"];
export type Field = Schemas["FieldOut"];

export const fieldKeys = { all: ["fields"] as const };

/** Every attribute a customer can have, and the workspace's own among them in full. */
export function useFields() {
  const { language } = useSpeech();
  return useQuery({
    queryKey: [...fieldKeys.all, language],
    queryFn: async ({ signal }) => {
      const [attributes, own] = await Promise.all([unwrap(client.GET("/api/v1/customers/attributes", { signal })), unwrap(client.GET("/api/v1/customers/fields", { signal }))]);
      return { attributes: attributes.items, own: own.items };
    },
  });
}

export function useArchivedFields(enabled: boolean) {
  return useQuery({
    queryKey: [...fieldKeys.all, "archived"],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/customers/fields", { params: { query: { archived: true } }, signal }))).items,
    enabled,
  });
}

function useStale() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: fieldKeys.all });
}

export function useSaveField(field: Field | null) {
  return useMutation({
    mutationFn: ({ name, kind, ...said }: Schemas["FieldIn"]) =>
      field
        ? unwrap(client.PATCH("/api/v1/customers/fields/{field_name}", { params: { path: { field_name: field.name } }, body: said }))
        : unwrap(client.POST("/api/v1/customers/fields", { body: { name, kind, ...said } })),
    onSuccess: useStale(),
  });
}

export function useArchiveField() {
  return useMutation({ mutationFn: (name: string) => settle(client.POST("/api/v1/customers/fields/{field_name}/archive", { params: { path: { field_name: name } } })), onSuccess: useStale() });
}

export function useRestoreField() {
  return useMutation({ mutationFn: (name: string) => settle(client.POST("/api/v1/customers/fields/{field_name}/restore", { params: { path: { field_name: name } } })), onSuccess: useStale() });
}
