import type { RouteObject } from "react-router";

/** What is said to customers and what became of it, each screen a chunk of its own. */
export const reachRoutes: RouteObject[] = [
  { path: "messages", lazy: async () => ({ Component: (await import("@/features/reach/MessagesPage")).MessagesPage }) },
  { path: "messages/new", lazy: async () => ({ Component: (await import("@/features/reach/MessagePage")).MessagePage }) },
  { path: "messages/:messageId", lazy: async () => ({ Component: (await import("@/features/reach/MessagePage")).MessagePage }) },
];
