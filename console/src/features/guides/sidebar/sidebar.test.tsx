import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import type { components } from "@/api/schema";
import { answer, refuse } from "@/testing/answers";
import { page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { messageOf, textOf } from "../wecom";
import { PersonScreen } from "./PersonScreen";
import { TodayScreen } from "./TodayScreen";

type Schemas = components["schemas"];

const at = "2026-11-01T04:00:00Z";
const xiaoming: Schemas["InFrontOut"] = {
  id: 7, name: "小明", phone: "138****8000", gender: "", place: "浙江 杭州", source: "", known_since: at, me: 3,
  mine: { staff_id: 3, status: "new", remark: "", source: "", since: at },
  reasons: [{ kind: "rhythm", said: "该复购了：通常 30 天买一次，上次是 31 天前", facts: [{ said: "2026-10-02 买过", at: null }] }],
  tags: [{ tag_id: 5, name: "爱喝绿茶", group_name: "口味", colour: "teal", is_kept: false }],
  relations: [{ kind: "staff", target: 3, name: "小林", status: "new", since: at }],
  household: [], consents: [], buying: { orders: 3, spent_fen: 38_400, last_at: at, rhythm_days: 30 },
  orders: [{ id: "o1", type: "pay", said: "支付了 ¥128.00", amount_fen: 12_800, at }],
  timeline: [], tasks: [{ id: 9, customer_id: 7, customer_name: "小明", title: "回访", note: "", due_at: at }],
};
const hello: Schemas["FilledPhraseOut"] = { id: 4, group_id: 1, kind: "text", title: "问好", text: "小明好，我是小林", description: "", url: "", picture: "", app_id: "", labels: [], taken: 0, sent: 2, missing: "" };
const asked: unknown[] = [];
const note = ({ url, body }: { url: URL; body: unknown }) => {
  asked.push([url.pathname.replace("/api/v1", ""), body]);
  return null;
};

beforeEach(() => {
  asked.length = 0;
  server.use(
    answer("get", "/api/v1/guides/people/{customer_id}", xiaoming),
    answer("get", "/api/v1/guides/people/{customer_id}/phrases", page(hello, { ...hello, id: 8, title: "生日", text: "", missing: "没有生日，这条用不了" })),
    answer("get", "/api/v1/guides/phrase-groups", page({ id: 1, name: "开场", is_shared: true })),
    answer("get", "/api/v1/customers/follow-statuses", page({ name: "new", label: "新添加", zh: "新添加", en: "New" }, { name: "following", label: "跟进中", zh: "跟进中", en: "In touch" })),
    answer("post", "/api/v1/guides/phrases/{phrase_id}/sent", note),
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  delete window.wx;
});

const person = () => renderAt("/w/tea-house/sidebar/people/7", inside("/w/tea-house/sidebar/people/:customerId", <PersonScreen />));

it("says who it is, why now, and the facts behind the reason", async () => {
  const { user } = person();

  expect(await screen.findByRole("heading", { name: "小明" })).toBeVisible();
  const why = screen.getByText("该复购了：通常 30 天买一次，上次是 31 天前");
  await user.click(why);
  expect(screen.getByText("2026-10-02 买过")).toBeVisible();
  await user.click(screen.getByText("订单"));
  expect(await screen.findByText("支付了 ¥128.00")).toBeVisible();
});

it("copies a phrase as it reads for her, and counts it; one that lacks something cannot be taken", async () => {
  const { user } = person();

  await user.click(await screen.findByRole("button", { name: "复制“问好”" }));

  expect(await screen.findByText("已复制")).toBeVisible();
  expect(await navigator.clipboard.readText()).toBe("小明好，我是小林");
  await waitFor(() => { expect(asked).toEqual([["/guides/phrases/4/sent", null]]); });
  expect(screen.getByText("没有生日，这条用不了")).toBeVisible();
  expect(screen.getByRole("button", { name: "复制“生日”" })).toBeDisabled();
});

it("sends a phrase into the chat where WeCom shows the page", async () => {
  const said: object[] = [];
  vi.spyOn(navigator, "userAgent", "get").mockReturnValue("Mozilla/5.0 wxwork/4.1 MicroMessenger/7");
  vi.spyOn(document.head, "append").mockImplementation((...nodes) => {
    for (const each of nodes) if (each instanceof HTMLScriptElement) each.onload?.(new Event("load"));
  });
  window.wx = {
    config: () => undefined,
    ready: (then) => { then(); },
    error: () => undefined,
    agentConfig: (given) => {
      const then: unknown = Reflect.get(given, "success");
      if (typeof then === "function") Reflect.apply(then, null, []);
    },
    invoke: (name, given, then) => {
      said.push(given);
      then({ err_msg: `${name}:ok` });
    },
  };
  server.use(answer("get", "/api/v1/guides/page-signature", { corp_id: "ww1", agent_id: 2, timestamp: 3, nonce: "n", config: "c", agent: "a" }));
  const { user } = person();

  await user.click(await screen.findByRole("button", { name: "发送“问好”" }));

  expect(await screen.findByText("已发到聊天里")).toBeVisible();
  expect(said).toEqual([{ msgtype: "text", enterChat: true, text: { content: "小明好，我是小林" } }]);
});

it("takes a tag with one tap and says in the server's words when that is refused", async () => {
  server.use(refuse("delete", "/api/v1/tags/customers/{customer_id}/{tag_id}", { status: 409, code: "tags.kept_by_rule", detail: "标签由规则保持。" }));
  const { user } = person();

  await user.click(await screen.findByRole("button", { name: "去掉标签“爱喝绿茶”" }));

  expect(await screen.findByText("标签由规则保持。")).toBeVisible();
});

it("remembers a remark under me", async () => {
  server.use(
    answer("put", "/api/v1/wecom/customers/{customer_id}/remark", (given) => {
      asked.push([given.url.pathname.replace("/api/v1", ""), given.body]);
      return { staff: 3, remark: "爱喝龙井", in_wecom: true };
    }),
  );
  const { user } = person();

  await user.type(await screen.findByLabelText("备注，只给跟进的人看"), "爱喝龙井");
  await user.click(screen.getByRole("button", { name: "保存" }));

  await waitFor(() => { expect(asked).toEqual([["/wecom/customers/7/remark", { staff_id: 3, remark: "爱喝龙井" }]]); });
});

it("opens the customer of the chat, and else the day with those who are due", async () => {
  server.use(
    answer("get", "/api/v1/guides/day", {
      confirmations: [{ id: 5, text: "新茶到了", attachments: 1, people: 40, asked_at: at, confirmed_at: null }],
      tasks: xiaoming.tasks,
      today: null,
      month: null,
    }),
    answer("get", "/api/v1/guides/due", page({ customer_id: 7, name: "小明", phone: "", reasons: xiaoming.reasons })),
    answer("get", "/api/v1/guides/met", { customer_id: 7 }),
    answer("post", "/api/v1/journeys/tasks/{task_id}/done", (given) => {
      asked.push(given.url.pathname.replace("/api/v1", ""));
      return { id: 9, journey_id: 1, customer: 7, staff: 0, title: "回访", note: "", due_at: at, done_at: at, done_by: "", created_at: at };
    }),
  );
  const routes = inside("/w/tea-house/sidebar", <TodayScreen />);
  const { user } = renderAt("/w/tea-house/sidebar", routes);
  const due = await screen.findByRole("region", { name: "今天该联系的客户" });

  expect(await within(due).findByText("该复购了：通常 30 天买一次，上次是 31 天前")).toBeVisible();
  const confirmations = screen.getByRole("region", { name: "等你确认的群发" });
  expect(within(confirmations).getByText("40 位客户 · 1 个附件")).toBeVisible();
  expect(within(confirmations).getByText("等你确认")).toBeVisible();
  await user.click(await screen.findByRole("button", { name: /做完了/ }));
  await waitFor(() => { expect(asked).toEqual(["/journeys/tasks/9/done"]); });

  const met = renderAt("/w/tea-house/sidebar?external_userid=wmA", routes);
  await waitFor(() => { expect(met.address()).toBe("/w/tea-house/sidebar/people/7"); });
});

it("shapes cards as the client takes them", () => {
  const card = { ...hello, kind: "link" as const, text: "新茶", description: "明前", url: "https://tea.example/a", picture: "https://tea.example/a.png" };

  expect(messageOf(card)).toEqual({ msgtype: "news", enterChat: true, news: { link: "https://tea.example/a", title: "新茶", desc: "明前", imgUrl: "https://tea.example/a.png" } });
  expect(textOf(card)).toBe("新茶\n明前\nhttps://tea.example/a");
});
