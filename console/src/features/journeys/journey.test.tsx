import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";

import type { components } from "@/api/schema";
import { answer } from "@/testing/answers";
import { me, page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { JourneyPage } from "./JourneyPage";

type Schemas = components["schemas"];

const week: Schemas["JourneyOut"] = {
  id: 6, name: "新客七天", note: "", subject: "customer", view: "", state: "draft", version: 0, holdout_percent: 0, priority: 0, trouble: "", next_entry_at: null,
  created_at: "2026-11-01T00:00:00Z", changed_at: "2026-11-01T00:00:00Z", activated_at: null, paused_at: null, ended_at: null, is_changed: true,
  graph: { entry: { kind: "event", types: ["add_friend"] }, start: "n1", nodes: { n1: { kind: "wait", for: { amount: 2, unit: "day" }, next: "n2" }, n2: { kind: "action", do: "" } } },
};
const saved: unknown[] = [];

beforeEach(() => {
  saved.length = 0;
  server.use(
    answer("get", "/api/v1/journeys/{journey_id}", week),
    answer("get", "/api/v1/journeys/{journey_id}/counts", page({ version: 1, node: "n1", came: 12, here: 5, held: 0, left: { next: 7 } })),
    answer("get", "/api/v1/journeys/{journey_id}/health", { state: "active", trouble: "", inside: 5, overdue: 0, oldest_due_at: null, held: 0, reasons: {}, entered_last_day: 12, done_last_day: 7, waiting_for_pause: 0 }),
    http.post("*/api/v1/journeys/6/validate", () => HttpResponse.json({ problems: [{ field: "nodes.n2.do", message: "应该是 1 到 1000 个字符的文字", came: '""' }] })),
    http.patch("*/api/v1/journeys/6", async ({ request }) => { saved.push(await request.json()); return HttpResponse.json(week); }),
    answer("get", "/api/v1/journeys/actions", page({ name: "tags.tag", zh: "打标签", en: "Tag", parameters: [{ name: "tag", kind: "number", zh: "标签", en: "Tag" }] })),
    answer("get", "/api/v1/audiences/vocabulary", { attributes: [], events: [{ name: "add_friend", label: "添加好友", properties: [] }], tag_groups: [], audiences: [], staff: [], stores: [], groups: [], statuses: [], dependants: [], stages: [] }),
    answer("get", "/api/v1/messages", page()),
    answer("get", "/api/v1/channels", page()),
    answer("get", "/api/v1/journeys", page()),
  );
});

const draw = (address: string, mine = me()) => renderAt(address, inside("/journeys/:journeyId", <JourneyPage />, mine));

it("says of each node what it does, and what is open where it is open", async () => {
  draw("/journeys/6");
  expect(await screen.findByText("谁添加好友，谁进来")).toBeInTheDocument();
  expect(screen.getByText("等 2 天")).toBeInTheDocument();
  expect((await screen.findAllByText("还没选要做的事")).length).toBeGreaterThan(1);
  expect(screen.getByRole("button", { name: "启用" })).toBeDisabled();
});

it("keeps what is changed as the draft, and takes it back", async () => {
  const { user } = draw("/journeys/6?node=n1");
  const amount = await screen.findByRole("spinbutton", { name: "等多久" });
  await user.clear(amount);
  await user.type(amount, "5");
  expect((await screen.findAllByText("等 5 天")).length).toBeGreaterThan(0);
  await expect.poll(() => JSON.stringify(saved.at(-1))).toContain('"for":{"amount":5,"unit":"day"}');
  while (!screen.getByRole("button", { name: /撤销/ }).hasAttribute("disabled")) await user.click(screen.getByRole("button", { name: /撤销/ }));
  expect((await screen.findAllByText("等 2 天")).length).toBeGreaterThan(0);
});

it("shows how many are where while it runs, and lets nobody draw who may not", async () => {
  server.use(answer("get", "/api/v1/journeys/{journey_id}", { ...week, state: "active", version: 1, is_changed: false }));
  draw("/journeys/6?node=n1", me({ permissions: ["journeys.read", "reach.read"] }));
  expect(await screen.findByTitle("现在在这里的人")).toHaveTextContent("5");
  expect(await screen.findByText("现在有 5 人在里面；过去一天进来 12 人，走完 7 人。")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /自动排版/ })).toBeNull();
  expect(screen.queryByRole("spinbutton", { name: "等多久" })).toBeNull();
});
