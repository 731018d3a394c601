import type { RouteObject } from "react-router";

import { screen } from "./screen";

/** The team, inside the console. */
export const teamRoutes: RouteObject[] = [
  { path: "team", lazy: screen(async () => (await import("@/features/guides/team/TeamPage")).TeamPage) },
  { path: "team/chats", lazy: screen(async () => (await import("@/features/guides/quality/QualityPage")).QualityPage) },
  { path: "team/transfers", lazy: screen(async () => (await import("@/features/transfers/TransfersPage")).TransfersPage) },
  { path: "team/transfers/new", lazy: screen(async () => (await import("@/features/transfers/BeginTransferPage")).BeginTransferPage) },
  { path: "team/transfers/:transferId", lazy: screen(async () => (await import("@/features/transfers/TransferPage")).TransferPage) },
];

/** A guide's own pages: beside a chat, or on a phone; without what surrounds the console. */
export const sidebarRoutes: RouteObject = {
  path: "sidebar",
  lazy: screen(async () => (await import("@/features/guides/sidebar/SidebarFrame")).SidebarFrame),
  children: [
    { index: true, lazy: screen(async () => (await import("@/features/guides/sidebar/TodayScreen")).TodayScreen) },
    { path: "people", lazy: screen(async () => (await import("@/features/guides/sidebar/PeopleScreen")).PeopleScreen) },
    { path: "people/:customerId", lazy: screen(async () => (await import("@/features/guides/sidebar/PersonScreen")).PersonScreen) },
    { path: "tasks", lazy: screen(async () => (await import("@/features/guides/sidebar/MyTasksScreen")).MyTasksScreen) },
    { path: "phrases", lazy: screen(async () => (await import("@/features/guides/sidebar/PhrasesScreen")).PhrasesScreen) },
    { path: "mine", lazy: screen(async () => (await import("@/features/guides/sidebar/MineScreen")).MineScreen) },
  ],
};
