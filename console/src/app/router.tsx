import { createBrowserRouter, type RouteObject } from "react-router";

import { PageSkeleton } from "@/ui/Skeleton";

import { acquisitionRoutes } from "./acquisitionRoutes";
import { audienceRoutes } from "./audienceRoutes";
import { customerRoutes } from "./customerRoutes";
import { ErrorPage, NotFound } from "./ErrorPage";
import { sidebarRoutes, teamRoutes } from "./guideRoutes";
import { reachRoutes } from "./reachRoutes";
import { settingsRoutes } from "./settingsRoutes";
import { Shell } from "./Shell";
import { Start } from "./Start";
import { WorkspaceGate } from "./WorkspaceGate";

/** Every address of the console; each screen is a chunk of its own. */
export const routes: RouteObject[] = [
  {
    HydrateFallback: PageSkeleton,
    ErrorBoundary: ErrorPage,
    children: [
      { index: true, Component: Start },
      { path: "sign-in", lazy: async () => ({ Component: (await import("@/features/workspaces/SignInPage")).SignInPage }) },
      {
        path: "w/:slug",
        Component: WorkspaceGate,
        children: [
          sidebarRoutes,
          {
            Component: Shell,
            children: [
              { index: true, Component: Start },
              {
                ErrorBoundary: ErrorPage,
                children: [
                  { path: "today", lazy: async () => ({ Component: (await import("@/features/today/TodayPage")).TodayPage }) },
                  ...customerRoutes,
                  ...audienceRoutes,
                  ...reachRoutes,
                  ...teamRoutes,
                  ...acquisitionRoutes,
                  ...settingsRoutes,
                  { path: "*", Component: NotFound },
                ],
              },
            ],
          },
        ],
      },
      { path: "*", Component: NotFound },
    ],
  },
];

export function newRouter() {
  return createBrowserRouter(routes);
}
