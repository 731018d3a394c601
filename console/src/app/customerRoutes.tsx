import type { RouteObject } from "react-router";

import { screen } from "./screen";

/** Customers and what is said of them, each screen a chunk of its own. */
export const customerRoutes: RouteObject[] = [
  { path: "customers", lazy: async () => ({ Component: (await import("@/features/customers/CustomersPage")).CustomersPage }) },
  { path: "customers/:customerId", lazy: async () => ({ Component: (await import("@/features/customers/CustomerPage")).CustomerPage }) },
  { path: "merges", lazy: async () => ({ Component: (await import("@/features/customers/MergesPage")).MergesPage }) },
  { path: "tags", lazy: async () => ({ Component: (await import("@/features/tags/TagsPage")).TagsPage }) },
  { path: "tags/:tagId", lazy: async () => ({ Component: (await import("./TagScreen")).TagScreen }) },
  { path: "imports", lazy: screen(async () => (await import("@/features/imports/ImportsPage")).ImportsPage) },
  { path: "imports/:importId", lazy: screen(async () => (await import("@/features/imports/ImportPage")).ImportPage) },
];
