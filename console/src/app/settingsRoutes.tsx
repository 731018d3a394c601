import type { RouteObject } from "react-router";

import { NotFound } from "./ErrorPage";
import { screen } from "./screen";
import { SettingsLayout } from "./SettingsLayout";

/** Settings, each screen a chunk of its own. */
export const settingsRoutes: RouteObject[] = [
  {
    path: "settings",
    Component: SettingsLayout,
    children: [
      { path: "profile", lazy: async () => ({ Component: (await import("@/features/workspaces/ProfilePage")).ProfilePage }) },
      { path: "brand", lazy: async () => ({ Component: (await import("@/features/workspaces/BrandPage")).BrandPage }) },
      { path: "members", lazy: async () => ({ Component: (await import("@/features/workspaces/MembersPage")).MembersPage }) },
      { path: "roles", lazy: async () => ({ Component: (await import("@/features/workspaces/RolesPage")).RolesPage }) },
      { path: "org", lazy: async () => ({ Component: (await import("@/features/workspaces/OrgPage")).OrgPage }) },
      { path: "tracking", lazy: screen(async () => (await import("@/features/tracking/TrackingPage")).TrackingPage) },
      { path: "catalogue", lazy: screen(async () => (await import("@/features/events/CataloguePage")).CataloguePage) },
      { path: "fields", lazy: screen(async () => (await import("@/features/customers/FieldsPage")).FieldsPage) },
      { path: "sources", lazy: screen(async () => (await import("@/features/customers/SourcesPage")).SourcesPage) },
      { path: "keys", lazy: async () => ({ Component: (await import("@/features/workspaces/KeysPage")).KeysPage }) },
      { path: "jobs", lazy: async () => ({ Component: (await import("@/features/workspaces/JobsPage")).JobsPage }) },
      { path: "audit", lazy: screen(async () => (await import("@/features/workspaces/AuditPage")).AuditPage) },
      { path: "*", Component: NotFound },
    ],
  },
];
