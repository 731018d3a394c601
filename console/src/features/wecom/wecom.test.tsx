import { fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";

import type { components } from "@/api/schema";
import { answer, refuse } from "@/testing/answers";
import { page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { WecomPage } from "./WecomPage";

type Schemas = components["schemas"];

const at = "2026-11-01T00:00:00Z";
const corp: Schemas["CorpOut"] = {
  id: 3, corp_id: "ww0a1b2c3d4e5f6071", agent_id: 1000002, name: "茶馆", base: "https://qyapi.weixin.qq.com", state: "draft",
  callback_url: "https://house.example/wecom/7d444840", entrance_url: "https://house.example/wecom/oauth/7d444840", trusted_domain: "house.example", has_callback_secrets: true, verified_at: null, created_at: at, changed_at: at,
  archive_base: "", archive_days: 180, archive_read_at: null, archive_trouble: "", has_archive_secret: false,
};
const failed: Schemas["CallbackOut"] = {
  id: 9, corp_id: 3, event: "change_external_contact", change_type: "add_external_contact", became: "failed", copies: 2, happened_at: at, received_at: at,
  handlings: [{ handler: "sync.contacts", state: "failed", attempts: 7, next_at: at, reason: "没有收到企业微信的回答" }],
};
const asked: unknown[] = [];

beforeEach(() => {
  asked.length = 0;
  server.use(
    answer("get", "/api/v1/wecom/corps", page(corp)),
    answer("get", "/api/v1/wecom/bases", { bases: [corp.base], archives: [] }),
    answer("get", "/api/v1/wecom/corps/{corp_id}/syncs", page()),
    answer("get", "/api/v1/wecom/callbacks/counts", { waiting: 0, failed: 1, unknown: 0, today: 5 }),
    answer("get", "/api/v1/wecom/callbacks", ({ url }) => (["failed", null].includes(url.searchParams.get("became")) ? page(failed) : page<Schemas["CallbackOut"]>())),
    answer("post", "/api/v1/wecom/callbacks/replay", ({ body }) => {
      asked.push(body);
      return { count: 1 };
    }),
  );
});

const open = () => renderAt("/wecom", inside("/wecom", <WecomPage />));

it("what is wrong with the set-up comes first, with where to change it", async () => {
  server.use(
    answer("post", "/api/v1/wecom/corps/{corp_id}/diagnose", {
      findings: [
        { name: "secret", state: "fine", label: "企业 ID 和 Secret", said: "企业微信认可这个 ID 和 Secret。", place: "应用详情" },
        { name: "address", state: "wrong", label: "企业可信 IP", said: "出口 IP 203.0.113.7 不在可信 IP 里。", place: "应用详情 › 企业可信 IP" },
      ],
    }),
  );
  const { user } = open();

  await user.click(await screen.findByRole("button", { name: "检查设置" }));

  const found = within(await screen.findByRole("list", { name: "检查设置" })).getAllByRole("listitem");
  expect(found[0]).toHaveTextContent("203.0.113.7");
  expect(found[0]).toHaveTextContent("在哪里改：应用详情 › 企业可信 IP");
  expect(found[1]).toHaveTextContent("好了");
  expect(screen.getByText("1 项要改。")).toBeInTheDocument();
});

it("a callback that could not be handled says why, and is handled again", async () => {
  const { user } = open();
  const row = (await screen.findByText("加了好友")).closest("tr, li, a, div[role=row]");

  expect(await screen.findByText(/没有收到企业微信的回答/)).toBeInTheDocument();
  expect(row).not.toBeNull();
  await user.click(screen.getByRole("button", { name: "重新处理" }));

  expect(asked).toEqual([{ ids: [9] }]);
  expect(await screen.findByText("1 条已放回去处理")).toBeInTheDocument();
});

it("a secret pasted with a space keeps the dialog open and says so beside it", async () => {
  server.use(
    answer("get", "/api/v1/wecom/corps", page<Schemas["CorpOut"]>()),
    refuse("post", "/api/v1/wecom/corps", {
      status: 422, code: "wecom.corp_not_as_expected", detail: "填写的内容有 1 处不对，见 errors。",
      errors: [{ field: "secret", message: "里面有空格或换行。", came: null }],
    }),
  );
  open();

  fireEvent.click(await screen.findByRole("button", { name: "连接企业微信" }));
  const dialog = within(await screen.findByRole("dialog"));
  const filled = { 名字: "茶馆", "企业 ID": "ww0a1b2c3d4e5f6071", AgentId: "1000002", Secret: "a secret" };
  for (const [label, value] of Object.entries(filled)) fireEvent.change(dialog.getByLabelText(label), { target: { value } });
  fireEvent.click(dialog.getByText(/^保\s*存$/));

  expect(await dialog.findByText("里面有空格或换行。")).toBeInTheDocument();
});
