import type { RouteObject } from "react-router";

import { screen } from "./screen";

const mass = () => import("@/features/reach/mass/screens");

/** What is said to customers and what became of it, each screen a chunk of its own. */
export const reachRoutes: RouteObject[] = [
  { path: "journeys", lazy: screen(async () => (await import("@/features/journeys/JourneysPage")).JourneysPage) },
  { path: "journeys/library", lazy: screen(async () => (await import("@/features/journeys/library/LibraryPage")).LibraryPage) },
  { path: "journeys/library/:ready", lazy: screen(async () => (await import("@/features/journeys/library/UseReadyPage")).UseReadyPage) },
  { path: "journeys/new/:face", lazy: screen(async () => (await import("@/features/journeys/faces/NewFacePage")).NewFacePage) },
  { path: "journeys/tasks", lazy: screen(async () => (await import("@/features/journeys/tasks/TasksPage")).TasksPage) },
  { path: "journeys/:journeyId/face", lazy: screen(async () => (await import("@/features/journeys/faces/FacePage")).FacePage) },
  { path: "journeys/:journeyId/dry-run", lazy: screen(async () => (await import("@/features/journeys/dryRun/DryRunPage")).DryRunPage) },
  { path: "journeys/:journeyId/effect", lazy: screen(async () => (await import("@/features/journeys/effect/EffectPage")).EffectPage) },
  { path: "campaigns", lazy: screen(async () => (await import("@/features/journeys/campaign/CampaignsPage")).CampaignsPage) },
  { path: "campaigns/:journeyId", lazy: screen(async () => (await import("@/features/journeys/campaign/UnderWayPage")).UnderWayPage) },
  { path: "campaigns/new", lazy: screen(async () => (await import("@/features/journeys/campaign/CampaignPage")).CampaignPage) },
  { path: "journeys/:journeyId", lazy: screen(async () => (await import("@/features/journeys/JourneyPage")).JourneyPage) },
  { path: "messages", lazy: screen(async () => (await import("@/features/reach/MessagesPage")).MessagesPage) },
  { path: "messages/new", lazy: screen(async () => (await import("@/features/reach/MessagePage")).MessagePage) },
  { path: "messages/:messageId", lazy: screen(async () => (await import("@/features/reach/MessagePage")).MessagePage) },
  { path: "policy", lazy: screen(async () => (await import("@/features/reach/PolicyPage")).PolicyPage) },
  { path: "policy/suppressions", lazy: screen(async () => (await import("@/features/reach/SuppressionsPage")).SuppressionsPage) },
  { path: "rates", lazy: screen(async () => (await import("@/features/reach/RatesPage")).RatesPage) },
  { path: "deliveries", lazy: screen(async () => (await import("@/features/reach/DeliveriesPage")).DeliveriesPage) },
  { path: "mass", lazy: screen(async () => (await mass()).MassPage) },
  { path: "mass/groups", lazy: screen(async () => (await mass()).GroupSendingsPage) },
  { path: "mass/groups/new", lazy: screen(async () => (await mass()).NewGroupMassPage) },
  { path: "mass/groups/:sendingId", lazy: screen(async () => (await mass()).GroupSendingPage) },
  { path: "mass/moments", lazy: screen(async () => (await mass()).MomentsPage) },
  { path: "mass/moments/new", lazy: screen(async () => (await mass()).NewMomentPage) },
  { path: "materials", lazy: screen(async () => (await import("@/features/guides/library/LibraryPage")).LibraryPage) },
  { path: "mass/:taskId", lazy: screen(async () => (await mass()).MassTaskPage) },
  { path: "wecom/:corpId/welcome", lazy: screen(async () => (await import("@/features/reach/welcome/WelcomePage")).WelcomePage) },
  { path: "channels", lazy: screen(async () => (await import("@/features/reach/ChannelsPage")).ChannelsPage) },
  { path: "wecom/limits", lazy: screen(async () => (await import("@/features/wecom/LimitsPage")).LimitsPage) },
  { path: "wecom", lazy: screen(async () => (await import("@/features/wecom/WecomPage")).WecomPage) },
];
