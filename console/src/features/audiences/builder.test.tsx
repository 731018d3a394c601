import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { MemberContext, memberOf } from "@/api/member";
import type { components } from "@/api/schema";
import { answer, refuse } from "@/testing/answers";
import { me } from "@/testing/builders";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { BuilderPage } from "./BuilderPage";
import { isCondition, type Condition } from "./condition";

const words: components["schemas"]["VocabularyOut"] = {
  attributes: [
    { name: "city", label: "城市", kind: "text", choices: [] },
    { name: "gender", label: "性别", kind: "choice", choices: [{ value: "female", label: "女" }, { value: "male", label: "男" }] },
  ],
  events: [{ name: "favorite", label: "收藏", properties: [] }],
  tag_groups: [],
  audiences: [],
  staff: [],
  stores: [],
  groups: [],
  statuses: [],
  dependants: [],
  stages: [],
};
const favourites: Condition = { kind: "event", types: ["favorite"], window: { kind: "rolling", amount: 30, unit: "day" }, op: "ge", value: 1 };
const beijing: Condition = { kind: "attribute", attribute: "city", op: "eq", value: "北京" };

function conditionOf(body: unknown): Condition {
  const condition: unknown = typeof body === "object" && body !== null && "condition" in body ? body.condition : null;
  if (!isCondition(condition)) throw new Error("not a condition");
  return condition;
}

const counted: Condition[] = [];

function draw(address = "/audiences/new") {
  const mine = me();
  if (!mine.current) throw new Error("nobody");
  const member = memberOf(mine, mine.current);
  return renderAt(address, [{ path: "/audiences/new", element: <MemberContext value={member}><BuilderPage /></MemberContext> }, { path: "*", element: <p>别处</p> }]);
}

beforeEach(() => {
  counted.length = 0;
  server.use(
    answer("get", "/api/v1/audiences/vocabulary", words),
    answer("post", "/api/v1/audiences/preview", ({ body }) => {
      counted.push(conditionOf(body));
      return { count: 12_408, at: "2026-11-22T00:00:00Z", sample: [7], names: { "7": "王芳" } };
    }),
    answer("post", "/api/v1/audiences/say", ({ body }) => {
      const said = JSON.stringify(conditionOf(body)).includes("favorite") ? "近30天收藏≥1次" : "所有客户";
      return { sentence: said, zh: said, en: said };
    }),
  );
});

describe("building an audience", () => {
  it("by a sentence: it becomes the tree, and the count follows", async () => {
    server.use(answer("post", "/api/v1/audiences/read", { condition: { kind: "all", of: [favourites, beijing] }, sentence: "", zh: "", en: "" }));
    const { user } = draw();
    const sentence = await screen.findByRole("textbox", { name: "一句话" });
    await user.click(sentence);
    await user.paste("近30天收藏≥1次 且 城市=北京");
    await user.keyboard("{Enter}");
    expect(await screen.findByDisplayValue("北京")).toBeVisible();
    await waitFor(() => {
      expect(counted.at(-1)).toEqual({ kind: "all", of: [favourites, beijing] });
    });
    expect(await screen.findByText("12,408")).toBeVisible();
    expect(screen.getByRole("button", { name: "存为人群（12,408 人）" })).toBeEnabled();
  });

  it("keeps the tree, and says where it stopped, when a sentence cannot be read", async () => {
    server.use(refuse("post", "/api/v1/audiences/read", { status: 422, code: "audiences.sentence_unreadable", detail: "读到第 6 个字“收蔵”时看不懂，是不是 收藏。" }));
    const { user } = draw(`/audiences/new?condition=${encodeURIComponent(JSON.stringify(beijing))}`);
    expect(await screen.findByDisplayValue("北京")).toBeVisible();
    await user.click(screen.getByRole("textbox", { name: "一句话" }));
    await user.paste("近30天收蔵");
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("读到第 6 个字“收蔵”");
    expect(screen.getByDisplayValue("北京")).toBeVisible();
  });

  it("offers the word that was meant, and reads the sentence again with it", async () => {
    server.use(refuse("post", "/api/v1/audiences/read", { status: 422, code: "audiences.sentence_unreadable", detail: "读到第 5 个字“收蔵”时看不懂。", params: { at: 4, word: "收蔵", suggested: "收藏\n取消收藏" } }));
    const { user } = draw();
    await user.clear(await screen.findByDisplayValue("所有客户"));
    await user.paste("近30天收蔵≥1次");
    await user.keyboard("{Enter}");
    expect(await screen.findByText("收蔵")).toBeVisible();
    const asked: unknown[] = [];
    server.use(
      answer("post", "/api/v1/audiences/read", ({ body }) => {
        asked.push(body);
        return { condition: { kind: "all", of: [favourites] }, sentence: "", zh: "", en: "" };
      }),
    );
    await user.click(screen.getByRole("button", { name: "改成“收藏”" }));
    await waitFor(() => {
      expect(asked).toContainEqual({ sentence: "近30天收藏≥1次" });
    });
  });

  it("by the tree: what is not filled in is not counted yet, and the sentence follows", async () => {
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: /加条件/ }));
    await user.click(await screen.findByRole("menuitem", { name: "客户属性" }));
    expect(await screen.findByText("还有条件没填完，填完就数。")).toBeVisible();
    const before = counted.length;
    await user.type(screen.getByPlaceholderText("值"), "北京");
    await waitFor(() => {
      expect(counted.length).toBeGreaterThan(before);
    });
    expect(counted.at(-1)).toEqual({ kind: "all", of: [{ kind: "attribute", attribute: "city", op: "eq", value: "北京" }] });
  });

  it("turns a condition around, and says so", async () => {
    const { user } = draw(`/audiences/new?condition=${encodeURIComponent(JSON.stringify({ kind: "all", of: [beijing] }))}`);
    await screen.findByDisplayValue("北京");
    await user.click(screen.getByRole("button", { name: "排除" }));
    await waitFor(() => {
      expect(counted.at(-1)).toEqual({ kind: "all", of: [{ kind: "not", of: beijing }] });
    });
  });

  it("opens the people behind the number", async () => {
    const { user } = draw(`/audiences/new?condition=${encodeURIComponent(JSON.stringify(favourites))}`);
    await screen.findByText("12,408");
    await user.click(screen.getByRole("button", { name: "看看是谁" }));
    const drawer = await screen.findByRole("dialog");
    expect(await within(drawer).findByRole("link", { name: "王芳" })).toHaveAttribute("href", "/w/tea-house/customers/7");
    expect(within(drawer).getByText("近30天收藏≥1次")).toBeVisible();
  });
});
