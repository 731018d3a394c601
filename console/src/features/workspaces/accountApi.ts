import { useMutation, useQueryClient } from "@tanstack/react-query";

import { client, settle, unwrap } from "@/api/client";
import { meKeys } from "@/api/member";
import { usePages } from "@/api/pages";

export const accountKeys = { sessions: ["sessions"] as const };

export function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; password: string; code: string }) => unwrap(client.POST("/api/v1/auth/sign-in", { body })),
    onSuccess: async () => {
      // Nothing read before may be seen by who comes in now; who that is, is asked again at once.
      queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== meKeys.all[0] });
      await queryClient.resetQueries({ queryKey: meKeys.all });
    },
  });
}

export function useChangePassword() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { current: string; new: string }) => settle(client.POST("/api/v1/me/password", { body })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: meKeys.all });
      await queryClient.invalidateQueries({ queryKey: accountKeys.sessions });
    },
  });
}

export function useChangeMe() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { name?: string; language?: "zh" | "en" }) => unwrap(client.PATCH("/api/v1/me", { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: meKeys.all }),
  });
}

export function useSessions() {
  return usePages(accountKeys.sessions, (cursor, signal) => unwrap(client.GET("/api/v1/me/sessions", { params: { query: { cursor: cursor ?? null } }, signal })));
}

export function useEndSession() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: number | "others") =>
      id === "others" ? settle(client.DELETE("/api/v1/me/sessions")) : settle(client.DELETE("/api/v1/me/sessions/{session_id}", { params: { path: { session_id: id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKeys.sessions }),
  });
}

export function useBeginFactor() {
  return useMutation({ mutationFn: (password: string) => unwrap(client.POST("/api/v1/me/second-factor", { body: { password } })) });
}

/** The account is told to be protected only when the codes were put away: `meKeys` are read anew then. */
export function useConfirmFactor() {
  return useMutation({ mutationFn: (code: string) => unwrap(client.POST("/api/v1/me/second-factor/confirm", { body: { code } })) });
}

export function useTurnOffFactor() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (password: string) => settle(client.POST("/api/v1/me/second-factor/turn-off", { body: { password } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: meKeys.all }),
  });
}
