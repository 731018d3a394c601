import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import type { components } from "@/api/schema";
import { answer } from "@/testing/answers";
import { me, page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { TagScreen } from "./TagScreen";

type Schemas = components["schemas"];

const keen: Schemas["TagOut"] = {
  id: 3, name: "高意向", group_id: 1, group_name: "跟进状态", group_kind: "follow_up", is_exclusive: false, colour: "gold", own_colour: "", note: "", default_days: null,
  owner_id: 7, owner_name: "阿华", customers: 76, last_used_at: null, created_at: "2026-11-01T00:00:00Z", archived_at: null, merged_into_id: null,
};
const rule: Schemas["RuleOut"] = {
  id: 2, name: "爱收藏", tag_id: 3, tag_name: "高意向", condition: {}, sentence: "近30天收藏≥3次", schedule: "on_time", refresh_hour: 3, refresh_weekday: 0, is_enabled: true, count: 76,
  refreshed_at: "2026-11-22T00:00:00Z", is_in_step: true, trouble: "", owner_id: 7, created_at: "2026-11-01T00:00:00Z", changed_at: "2026-11-01T00:00:00Z",
};
const change: Schemas["TagChangeOut"] = { id: 1, tag_id: 3, name: "高意向", group_name: "跟进状态", customer_id: 7, customer_name: "王芳", kind: "given", source: "rule:2", actor: "rule:2", actor_name: "", reason: "", at: "2026-11-22T00:00:00Z" };

beforeEach(() => {
  server.use(
    answer("get", "/api/v1/tags/{tag_id}", keen),
    answer("get", "/api/v1/tags/groups", page()),
    answer("get", "/api/v1/tags/{tag_id}/customers", page()),
    answer("get", "/api/v1/tags/{tag_id}/history", page(change, { ...change, id: 2, source: "manual", actor: "user:7", actor_name: "阿华", reason: "聊过" })),
    answer("get", "/api/v1/audiences/rules", page(rule)),
  );
});

describe("a tag's page", () => {
  it("shows the rules that keep it, which open and are made here", async () => {
    renderAt("/tags/3", inside("/tags/:tagId", <TagScreen />));
    expect(await screen.findByText("近30天收藏≥3次")).toBeVisible();
    expect(screen.getByRole("link", { name: "爱收藏" })).toHaveAttribute("href", "/w/tea-house/audiences/rules/2?tag=3");
    expect(screen.getByText("76 人")).toBeVisible();
    expect(screen.getByRole("button", { name: /新建规则/ }).closest("a")).toHaveAttribute("href", "/w/tea-house/audiences/rules/new?tag=3");
  });

  it("shows them to who may not change them, without the means to", async () => {
    renderAt("/tags/3", inside("/tags/:tagId", <TagScreen />, me({ permissions: ["tags.read"] })));
    expect(await screen.findByText("近30天收藏≥3次")).toBeVisible();
    expect(screen.queryByRole("button", { name: /新建规则/ })).toBeNull();
    expect(screen.queryByRole("button", { name: /操作: 爱收藏/ })).toBeNull();
  });

  it("tells who gave it to whom, when and why, and calls the rule by its name", async () => {
    renderAt("/tags/3?view=history", inside("/tags/:tagId", <TagScreen />));
    expect(await screen.findByText("规则“爱收藏”")).toBeVisible();
    expect(screen.getByText("聊过")).toBeVisible();
    expect(screen.getAllByText("阿华").length).toBeGreaterThan(0);
  });
});
