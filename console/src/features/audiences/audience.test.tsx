import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { components } from "@/api/schema";
import { answer, refuse } from "@/testing/answers";
import { me, page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { AudiencePage } from "./AudiencePage";

type Schemas = components["schemas"];

const favourites = { kind: "event", types: ["favorite"], window: { kind: "rolling", amount: 30, unit: "day" }, op: "ge", value: 1 };
const beijing = { kind: "attribute", attribute: "city", op: "eq", value: "北京" };
const keen: Schemas["AudienceOut"] = {
  id: 5, name: "近期收藏", note: "", kind: "live", condition: { kind: "all", of: [favourites, beijing] }, sentence: "近30天收藏≥1次 且 城市=北京",
  schedule: "on_time", refresh_hour: 3, refresh_weekday: 0, count: 1280, is_refreshing: false, refreshed_at: "2026-11-22T00:00:00Z", took_ms: 85,
  next_refresh_at: null, next_change_at: null, trouble: "", owner_id: 7, owner_name: "阿华", created_at: "2026-11-01T00:00:00Z", changed_at: "2026-11-01T00:00:00Z", archived_at: null,
};
const leaf = (at: string, holds: boolean, said: string, evidence: string): Schemas["ReasonOut"] => ({ at, holds, joint: "leaf", said, evidence, of: [] });
const out: Schemas["ReasonOut"] = {
  at: "condition", holds: false, joint: "all", said: "且", evidence: "",
  of: [leaf("condition.of[0]", true, "近30天收藏≥1次", "2 次，最近一次是 2026-11-20 12:00"), leaf("condition.of[1]", false, "城市=北京", "上海")],
};
const wang: Schemas["CustomerListed"] = { id: 7, name: "王芳", gender: "female", province: "上海", city: "上海", source: "", phone: "138****8000", joined_at: null, created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z", identity_kinds: [], staff: [] };

function draw(address = "/audiences/5", permissions?: string[]) {
  return renderAt(address, inside("/audiences/:audienceId", <AudiencePage />, permissions ? me({ permissions }) : me()));
}

beforeEach(() => {
  server.use(
    answer("get", "/api/v1/audiences/{audience_id}", keen),
    answer("get", "/api/v1/audiences/{audience_id}/growth", [{ on: "2026-11-22", entered: 3, left: 1, count: 1280 }]),
    answer("get", "/api/v1/audiences/{audience_id}/users", []),
    answer("get", "/api/v1/audiences/{audience_id}/members", page({ customer_id: 7, name: "王芳", since: "2026-11-20T00:00:00Z", left_at: null })),
    answer("get", "/api/v1/audiences/{audience_id}/members/{customer_id}", [{ entered_at: "2026-11-02T00:00:00Z", left_at: "2026-11-05T02:00:00Z" }]),
    answer("get", "/api/v1/audiences/{audience_id}/count", { count: 1280, at: "2026-11-22T00:00:00Z" }),
    answer("post", "/api/v1/audiences/explain", out),
    answer("get", "/api/v1/customers", page(wang)),
    http.get("*/api/v1/customers/7", () => HttpResponse.json({ id: 7, attributes: { name: "王芳" } })),
  );
});

describe("why she is in or out", () => {
  it("is told at once at the address a customer's page links to: the answer, each condition, the evidence, the stays", async () => {
    draw("/audiences/5?why=7");
    const panel = await screen.findByRole("dialog", { name: "为什么在、为什么不在" });
    expect((await within(panel).findByText("不符合")).textContent).toBe("王芳不符合");
    expect(within(panel).getByRole("link", { name: "王芳" })).toHaveAttribute("href", "/w/tea-house/customers/7");
    expect(within(panel).getByText("全部要满足，2 条里符合 1 条")).toBeVisible();
    expect(within(panel).getByText("2 次，最近一次是 2026-11-20 12:00")).toBeVisible();
    expect(within(panel).getByText("城市=北京").closest("[title]")).toHaveAttribute("title", "决定结果的是这一条");
    expect(within(panel).getByText("近30天收藏≥1次").closest("[title]")).toBeNull();
    expect(within(panel).getByText("2026-11-02 08:00 进入，2026-11-05 10:00 离开")).toBeVisible();
  });

  it("is asked of anybody found by name, and stands in the address from then on", async () => {
    const { user, address } = draw();
    await user.click(await screen.findByRole("button", { name: "为什么在、为什么不在" }));
    await user.type(await screen.findByRole("combobox", { name: "按姓名、拼音或手机尾号找一位客户" }), "wang");
    await user.click(await screen.findByText("上海 · 138****8000"));
    expect((await screen.findByText("不符合")).textContent).toBe("王芳不符合");
    expect(address()).toBe("/audiences/5?why=7");
  });

  it("says so when the membership has yet to follow", async () => {
    server.use(answer("post", "/api/v1/audiences/explain", { ...leaf("condition", true, "所有客户", "") }));
    draw("/audiences/5?why=7");
    expect(await screen.findByText("现在符合，人群下次更新时会进来。")).toBeVisible();
  });

  it("shows the server's refusal in its place", async () => {
    server.use(refuse("post", "/api/v1/audiences/explain", { status: 404, code: "customers.not_found", detail: "没有这位客户。" }));
    draw("/audiences/5?why=7");
    expect(await screen.findByText("没有这位客户。")).toBeVisible();
  });
});

describe("as of an earlier instant", () => {
  it("lists who was in then, and what became of them", async () => {
    const asked: (string | null)[] = [];
    server.use(
      answer("get", "/api/v1/audiences/{audience_id}/members", ({ url }) => {
        asked.push(url.searchParams.get("at"));
        return page({ customer_id: 7, name: "王芳", since: "2026-11-02T00:00:00Z", left_at: "2026-11-05T02:00:00Z" }, { customer_id: 8, name: "李雷", since: "2026-11-02T00:00:00Z", left_at: null });
      }),
      answer("get", "/api/v1/audiences/{audience_id}/count", { count: 2, at: "2026-11-03T00:00:00Z" }),
    );
    const { user, address } = draw("/audiences/5?at=2026-11-03T00:00:00.000Z");
    expect(await screen.findByText("2026-11-03 08:00 有 2 人在里面。")).toBeVisible();
    expect(await screen.findByText("2026-11-05 10:00 离开")).toBeVisible();
    expect(screen.getByText("没有离开过")).toBeVisible();
    expect(asked).toEqual(["2026-11-03T00:00:00.000Z"]);
    await user.click(screen.getByRole("button", { name: "回到现在" }));
    await waitFor(() => {
      expect(asked.at(-1)).toBeNull();
    });
    expect(address()).toBe("/audiences/5");
  });

  it("says from when on it is known, where it was asked too early", async () => {
    const refusal = { status: 409, code: "audiences.not_kept_yet", detail: "人群“近期收藏”从 2026-11-01 08:00:00 起才有成员记录。" };
    server.use(refuse("get", "/api/v1/audiences/{audience_id}/members", refusal), refuse("get", "/api/v1/audiences/{audience_id}/count", refusal));
    draw("/audiences/5?at=2026-10-01T00:00:00Z");
    expect(await screen.findByRole("alert")).toHaveTextContent("起才有成员记录");
  });
});

describe("exporting", () => {
  const taken: URL[] = [];
  beforeEach(() => {
    taken.length = 0;
    server.use(
      http.get("*/api/v1/audiences/5/export", ({ request }) => {
        taken.push(new URL(request.url));
        return new HttpResponse("客户编号\n7\n", { headers: { "Content-Type": "text/csv" } });
      }),
    );
    URL.createObjectURL = () => "blob:1";
    URL.revokeObjectURL = () => undefined;
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  });

  it("says first how many, which columns, and that phones are masked; then takes the file", async () => {
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: /导出/ }));
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByText(/1,280 人，一人一行/)).toBeInTheDocument();
    expect(within(dialog).getByText(/客户编号、姓名、手机/)).toBeInTheDocument();
    expect(within(dialog).getByText("打码，如 138****8000")).toBeInTheDocument();
    await user.click(within(dialog).getByRole("button", { name: "导出 1,280 人" }));
    await waitFor(() => {
      expect(taken.map((each) => each.searchParams.get("reveal"))).toEqual(["false"]);
    });
  });

  it("offers full phone numbers only to who may unmask, and the button says it", async () => {
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: /导出/ }));
    await user.click(await screen.findByRole("checkbox", { name: "带完整手机号" }));
    await user.click(screen.getByRole("button", { name: "导出 1,280 人和完整手机号" }));
    await waitFor(() => {
      expect(taken.map((each) => each.searchParams.get("reveal"))).toEqual(["true"]);
    });
  });

  it("does not offer what the role may not", async () => {
    const { user, unmount } = draw("/audiences/5", ["audiences.read", "audiences.export"]);
    await user.click(await screen.findByRole("button", { name: /导出/ }));
    expect(await screen.findByText("打码，如 138****8000")).toBeInTheDocument();
    expect(screen.queryByRole("checkbox", { name: "带完整手机号" })).toBeNull();
    unmount();
    draw("/audiences/5", ["audiences.read"]);
    await screen.findByRole("heading", { name: "近期收藏" });
    expect(screen.queryByRole("button", { name: /导出/ })).toBeNull();
  });

  it("stays open with the server's refusal", async () => {
    server.use(http.get("*/api/v1/audiences/5/export", () => HttpResponse.json({ code: "workspaces.not_allowed", status: 403, detail: "你的角色不能看完整的手机号。" }, { status: 403 })));
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: /导出/ }));
    await user.click(await screen.findByRole("button", { name: "导出 1,280 人" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("你的角色不能看完整的手机号。");
  });
});

it("shows who is in once it has been counted, without being asked again", async () => {
  let counted = false;
  server.use(
    answer("get", "/api/v1/audiences/{audience_id}", () => (counted ? keen : { ...keen, count: 0, refreshed_at: null, is_refreshing: true })),
    answer("get", "/api/v1/audiences/{audience_id}/members", () => (counted ? page({ customer_id: 7, name: "王芳", since: "2026-11-20T00:00:00Z", left_at: null }) : page())),
  );
  draw();
  expect(await screen.findByText("现在没有人在里面")).toBeVisible();
  counted = true;
  expect(await screen.findByText("王芳")).toBeVisible();
});

it("says at an address that leads nowhere that there is nothing, and where the way out is", async () => {
  server.use(refuse("get", "/api/v1/audiences/{audience_id}", { status: 404, code: "audiences.not_found", detail: "没有这个人群。" }));
  draw();
  expect(await screen.findByRole("heading", { level: 1, name: "这里没有东西" })).toBeVisible();
  expect(screen.getByRole("alert")).toHaveTextContent("没有这个人群。");
  expect(screen.queryByRole("button", { name: "再试一次" })).toBeNull();
  expect(screen.getByRole("link", { name: "人群" })).toHaveAttribute("href", "/w/tea-house/audiences");
});
