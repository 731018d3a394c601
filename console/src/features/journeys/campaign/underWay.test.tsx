import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";

import type { components } from "@/api/schema";
import { answer } from "@/testing/answers";
import { page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { UnderWayPage } from "./UnderWayPage";

type Schemas = components["schemas"];

const health: Schemas["HealthOut"] = { state: "active", trouble: "", inside: 0, overdue: 0, oldest_due_at: null, held: 0, reasons: {}, entered_last_day: 0, done_last_day: 0, waiting_for_pause: 0 };
const campaign: Schemas["JourneyOut"] = {
  id: 6, name: "上新", note: "", subject: "customer", view: "campaign", state: "active", version: 1, holdout_percent: 0, priority: 0, trouble: "", next_entry_at: null,
  created_at: "2026-11-01T00:00:00Z", changed_at: "2026-11-01T00:00:00Z", activated_at: "2026-11-01T00:00:00Z", paused_at: null, ended_at: null, is_changed: false, graph: {},
};
const one: Schemas["OutgoingOut"] = {
  id: 3, node: "send1", message_id: 1, message: "上新", account_id: 1, account: "短信", account_state: "paused", account_trouble: "", rests_until: null, channel: "sms", state: "running",
  counts: [{ state: "sent", reason: "", sentence: "", count: 400 }, { state: "queued", reason: "", sentence: "", count: 500 }, { state: "blocked", reason: "capped", sentence: "超出频次上限", count: 100 }],
  late: 0, later: 0, lately: 100, next_at: null, first_sent_at: null, last_sent_at: null,
};
const turned: string[] = [];

beforeEach(() => {
  turned.length = 0;
  server.use(
    answer("get", "/api/v1/journeys/actions", page()),
    answer("get", "/api/v1/journeys/{journey_id}", campaign),
    answer("get", "/api/v1/journeys/{journey_id}/face", { face: "campaign" }),
    answer("get", "/api/v1/wecom/mass", page()),
    answer("get", "/api/v1/journeys/{journey_id}/progress", { next_entry_at: null, is_entering: false, entered: 1000, held_out: 0, health, outgoing: [one] }),
    http.get("*/api/v1/journeys/6/effect", () => HttpResponse.json({ title: "x", code: "x", detail: "数据太多", status: 409, params: {}, errors: [] }, { status: 409 })),
    http.post("*/api/v1/journeys/6/:turn", ({ params }) => { turned.push(String(params["turn"])); return HttpResponse.json(campaign); }),
    answer("get", "/api/v1/messages", page()),
    answer("get", "/api/v1/audiences/vocabulary", { attributes: [], events: [], tag_groups: [], audiences: [], staff: [], stores: [], groups: [], statuses: [], dependants: [], stages: [] }),
  );
});

const draw = () => renderAt("/campaigns/6", inside("/campaigns/:journeyId", <UnderWayPage />));

it("says how far it is, at which pace, what holds it up, and why some do not get it", async () => {
  draw();
  expect(await screen.findByText("正在发：400 / 900 条已发出，每分钟约 100 条，还要 5 分钟。")).toBeInTheDocument();
  expect(screen.getByText("渠道“短信”暂停着，恢复后才会接着发。")).toBeInTheDocument();
  const why = screen.getByRole("region", { name: "为什么没发到" });
  expect(within(why).getByRole("link", { name: "100" })).toHaveAttribute("href", "/w/tea-house/deliveries?journey=6&view=blocked&reason=capped");
});

it("stops at a press, and says before it cancels how many will not go", async () => {
  const { user } = draw();
  await user.click(await screen.findByRole("button", { name: "先停住" }));
  await expect.poll(() => turned).toEqual(["pause"]);
  await user.click(screen.getByRole("button", { name: "取消" }));
  await user.click(await screen.findByRole("button", { name: "取消，不再发 500 条" }));
  await expect.poll(() => turned).toEqual(["pause", "end"]);
});
