import type { RouteObject } from "react-router";

import { screen } from "./screen";

/** How friends come: codes and channels, each screen a chunk of its own. */
export const acquisitionRoutes: RouteObject[] = [
  { path: "codes", lazy: screen(async () => (await import("@/features/acquisition/CodesPage")).CodesPage) },
  { path: "codes/new", lazy: screen(async () => (await import("@/features/acquisition/CodeEditPage")).CodeEditPage) },
  { path: "codes/channels", lazy: screen(async () => (await import("@/features/acquisition/SourceChannelsPage")).SourceChannelsPage) },
  { path: "codes/:codeId", lazy: screen(async () => (await import("@/features/acquisition/CodePage")).CodePage) },
  { path: "codes/:codeId/edit", lazy: screen(async () => (await import("@/features/acquisition/CodeEditPage")).CodeEditPage) },
];
