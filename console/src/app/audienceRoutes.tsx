import type { RouteObject } from "react-router";

import { screen } from "./screen";

/** Audiences and the tag rules made of them, each screen a chunk of its own. */
export const audienceRoutes: RouteObject[] = [
  { path: "audiences", lazy: screen(async () => (await import("@/features/audiences/AudiencesPage")).AudiencesPage) },
  { path: "audiences/new", lazy: screen(async () => (await import("@/features/audiences/BuilderPage")).BuilderPage) },
  { path: "audiences/rules", lazy: screen(async () => (await import("@/features/audiences/RulesPage")).RulesPage) },
  { path: "audiences/rules/new", lazy: screen(async () => (await import("@/features/audiences/RulePage")).RulePage) },
  { path: "audiences/rules/:ruleId", lazy: screen(async () => (await import("@/features/audiences/RulePage")).RulePage) },
  { path: "audiences/:audienceId", lazy: screen(async () => (await import("@/features/audiences/AudiencePage")).AudiencePage) },
  { path: "audiences/:audienceId/edit", lazy: screen(async () => (await import("@/features/audiences/BuilderPage")).BuilderPage) },
];
