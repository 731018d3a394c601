import type { RouteObject } from "react-router";

/** Audiences and the tag rules made of them, each screen a chunk of its own. */
export const audienceRoutes: RouteObject[] = [
  { path: "audiences", lazy: async () => ({ Component: (await import("@/features/audiences/AudiencesPage")).AudiencesPage }) },
  { path: "audiences/new", lazy: async () => ({ Component: (await import("@/features/audiences/BuilderPage")).BuilderPage }) },
  { path: "audiences/rules", lazy: async () => ({ Component: (await import("@/features/audiences/RulesPage")).RulesPage }) },
  { path: "audiences/rules/new", lazy: async () => ({ Component: (await import("@/features/audiences/RulePage")).RulePage }) },
  { path: "audiences/rules/:ruleId", lazy: async () => ({ Component: (await import("@/features/audiences/RulePage")).RulePage }) },
  { path: "audiences/:audienceId", lazy: async () => ({ Component: (await import("@/features/audiences/AudiencePage")).AudiencePage }) },
  { path: "audiences/:audienceId/edit", lazy: async () => ({ Component: (await import("@/features/audiences/BuilderPage")).BuilderPage }) },
];
