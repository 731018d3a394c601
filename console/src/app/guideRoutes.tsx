import type { RouteObject } from "react-router";

import { screen } from "./screen";

/** The team, inside the console. */
export const teamRoutes: RouteObject[] = [{ path: "team", lazy: screen(async () => (await import("@/features/guides/team/TeamPage")).TeamPage) }];

/** A guide's own pages: beside a chat, or on a phone; without what surrounds the console. */
export const sidebarRoutes: RouteObject = {
  path: "sidebar",
  lazy: screen(async () => (await import("@/features/guides/sidebar/SidebarFrame")).SidebarFrame),
  children: [
    { index: true, lazy: screen(async () => (await import("@/features/guides/sidebar/TodayScreen")).TodayScreen) },
    { path: "people", lazy: screen(async () => (await import("@/features/guides/sidebar/PeopleScreen")).PeopleScreen) },
    { path: "people/:customerId", lazy: screen(async () => (await import("@/features/guides/sidebar/PersonScreen")).PersonScreen) },
    { path: "phrases", lazy: screen(async () => (await import("@/features/guides/sidebar/PhrasesScreen")).PhrasesScreen) },
    { path: "mine", lazy: screen(async () => (await import("@/features/guides/sidebar/MineScreen")).MineScreen) },
  ],
};
