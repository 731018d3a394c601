import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";

import type { components } from "@/api/schema";
import { answer } from "@/testing/answers";
import { page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { EffectPage } from "./EffectPage";

type Schemas = components["schemas"];

const week: Schemas["JourneyOut"] = {
  id: 6, name: "新客七天", note: "", subject: "customer", view: "", state: "active", version: 1, holdout_percent: 10, priority: 0, trouble: "", next_entry_at: null,
  created_at: "2026-11-01T00:00:00Z", changed_at: "2026-11-01T00:00:00Z", activated_at: "2026-11-01T00:00:00Z", paused_at: null, ended_at: null, is_changed: false, graph: {},
};
const interval = { low: 0, high: 1 };
const comparison: Schemas["EffectComparisonOut"] = { difference: 0.02, interval: { low: -0.11, high: 0.15 }, p: 0.6, verdict: "not_enough", worth: 0.02, needed: 1873, reduction: 0.12, incremental: 5.4, incremental_interval: { low: -30, high: 41 } };
const effect: Schemas["EffectOut"] = {
  entered: 310, kept_out: 30, reached: { sent: 250, opened: 90, clicked: 20, replied: 0, blocked: 30 }, has_goal: true, goal_types: ["pay"], goal_seconds: 604_800,
  treated: { name: "treated", people: 280, over: 270, reached: 40, amount: 0 }, held_out: { name: "held_out", people: 30, over: 28, reached: 4, amount: 0 },
  waiting: 12, rate: interval, held_out_rate: interval, ratio: { chi_square: 0, p: 1, p_always: 1, wrong: false }, comparison, money: null,
  days: [{ day: "2026-11-20", people: 290, difference: 0.01, interval: { low: -0.2, high: 0.2 }, verdict: "not_enough" }, { day: "2026-11-21", people: 298, difference: 0.02, interval: { low: -0.11, high: 0.15 }, verdict: "not_enough" }],
  splits: [],
};

beforeEach(() => {
  server.use(
    answer("get", "/api/v1/journeys/actions", page()),
    answer("get", "/api/v1/journeys/{journey_id}", week),
    answer("get", "/api/v1/journeys/{journey_id}/effect", effect),
    answer("get", "/api/v1/journeys/{journey_id}/people", ({ url }) => page(...(url.searchParams.get("reached") === "true" ? [{ id: 1, subject: 31, version: 1, node: "n1", state: "done", outcome: "done", entered_at: "2026-11-02T00:00:00Z", arrived_at: "2026-11-02T00:00:00Z", due_at: null, goal_at: "2026-11-03T00:00:00Z" }] : []))),
    http.get("*/api/v1/customers/:id", () => HttpResponse.json({ attributes: { name: "王芳" } })),
    answer("get", "/api/v1/messages", page()),
    answer("get", "/api/v1/audiences/vocabulary", { attributes: [], events: [{ name: "pay", label: "支付", properties: [] }], tag_groups: [], audiences: [], staff: [], stores: [], groups: [], statuses: [], dependants: [], stages: [] }),
  );
});

const draw = () => renderAt("/journeys/6/effect", inside("/journeys/:journeyId/effect", <EffectPage />));

it("says how many more people are needed instead of showing noise, and draws what is known", async () => {
  draw();
  expect(await screen.findByText("人数还不够，约再需 1,900 人才看得出来。")).toBeInTheDocument();
  expect(await screen.findByText("目标：进来后 7 天内支付")).toBeInTheDocument();
  expect(screen.getByRole("img", { name: /2026-11-21：298 人，差 \+2%（−11% 到 \+15%）/ })).toBeInTheDocument();
  expect(screen.getByText(/还有 12 人的观察期没过完/)).toHaveTextContent("杂音少了 12%");
});

it("opens who reached the goal, and who got a message", async () => {
  const { user } = draw();
  const funnel = await screen.findByRole("region", { name: "一步步走到哪" });
  expect(within(funnel).getByRole("link", { name: "90" })).toHaveAttribute("href", "/w/tea-house/deliveries?journey=6&view=opened");
  await user.click(within(funnel).getByRole("button", { name: "40" }));
  expect(await screen.findByText("王芳")).toBeInTheDocument();
});

it("warns before anything else when the groups are not of the size they should be", async () => {
  server.use(answer("get", "/api/v1/journeys/{journey_id}/effect", { ...effect, ratio: { chi_square: 40, p: 1e-9, p_always: 1e-6, wrong: true } }));
  draw();
  expect(await screen.findByText(/分组的人数对不上.*本该留出 10% 的人，实际是 9.7%/)).toBeInTheDocument();
});
