import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";

import type { components } from "@/api/schema";
import { answer } from "@/testing/answers";
import { me, page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { MessagePage } from "./MessagePage";

type Schemas = components["schemas"];

const text: Schemas["PartKindOut"] = {
  kind: "text", label: "文字", least: 0, most: 1, is_attachment: false,
  fields: [{ name: "text", label: "文字", required: true, is_url: false, takes_variables: true, is_mapping: false, most: 4000, unit: "bytes" }],
};
const template: Schemas["PartKindOut"] = {
  kind: "template", label: "短信模板", least: 1, most: 1, is_attachment: false,
  fields: [
    { name: "code", label: "模板编号", required: true, is_url: false, takes_variables: false, is_mapping: false, most: null, unit: null },
    { name: "values", label: "模板变量", required: false, is_url: false, takes_variables: true, is_mapping: true, most: null, unit: null },
    { name: "text", label: "模板原文", required: false, is_url: false, takes_variables: false, is_mapping: false, most: 480, unit: "characters" },
  ],
};
const kit: Schemas["MessageKitOut"] = {
  channels: [
    { name: "wecom", label: "企业微信", source: "", attachments: 9, parts: [text] },
    { name: "sms", label: "短信", source: "", attachments: null, parts: [template] },
  ],
  purposes: [{ name: "marketing", label: "营销推广" }, { name: "service", label: "服务通知" }],
  words: [{ name: "customer.name", label: "姓名", group: "customer", group_label: "客户", kind: "text", personal: false }],
  filters: ["default"],
};
const upNew: Schemas["MessageOut"] = {
  id: 6, name: "上新", channel: "wecom", purpose: "marketing", state: "in_use", version: 2, review: "asked", parts: [{ kind: "text", text: "新茶到了" }], owner: "小林", created_at: "2026-11-01T00:00:00Z", changed_at: "2026-11-01T00:00:00Z",
};
const second: Schemas["MessageVersionOut"] = {
  id: 12, number: 2, parts: upNew.parts, variables: [], author: "user:8", author_name: "小林", created_at: "2026-11-01T00:00:00Z", review: "asked", asked_by: "user:8", asked_at: "2026-11-01T00:00:00Z", asked_note: "周五发",
  approved_by: "", approved_at: null, rejected_by: "", rejected_at: null, answer: "", reviewer_name: null, is_mine: false,
};
const asked: unknown[] = [];

/** The server fills in names and knows no 昵称. */
function preview({ body }: { body: unknown }) {
  const said = JSON.stringify(body);
  if (said.includes("nickname")) {
    const errors = [{ field: "parts.0.text", message: "没有“customer.nickname”这个变量。", came: null }];
    return HttpResponse.json({ type: "", title: "", status: 422, detail: "消息还有 1 处要改，见各处提示。", code: "reach.message_not_sound", params: {}, errors }, { status: 422 });
  }
  const rendered = { parts: [{ kind: "text", text: said.includes("customer.name") ? "〔姓名〕，新茶到了" : "新茶到了" }], subject: "", template: "", values: {} };
  return HttpResponse.json({ rendered, problem: "", lengths: [{ field: "parts.0.text", length: 12, most: 4000, unit: "bytes" }] });
}

beforeEach(() => {
  asked.length = 0;
  server.use(
    answer("get", "/api/v1/messages/kit", kit),
    answer("get", "/api/v1/messages/{message_id}", upNew),
    answer("get", "/api/v1/messages/{message_id}/versions", page(second)),
    http.post("*/api/v1/messages/preview", async ({ request }) => preview({ body: await request.json() })),
    http.get("*/api/v1/customers", () => HttpResponse.json(page())),
    answer("get", "/api/v1/audiences", page()),
  );
});

const draw = (address: string, mine = me()) => renderAt(address, inside(address === "/messages/new" ? address : "/messages/:messageId", <MessagePage />, mine));

it("puts a variable in, with what stands in for it, and shows it as the phone will", async () => {
  const { user } = draw("/messages/new");
  const box = await screen.findByRole("textbox", { name: "文字" });
  await user.type(box, "，新茶到了");
  await user.click(screen.getByRole("button", { name: /插入变量/ }));
  await user.click(await screen.findByRole("combobox", { name: "选变量，如 姓名" }));
  await user.click(await screen.findByText("姓名"));
  await user.type(await screen.findByRole("textbox", { name: "没有时写" }), "亲");
  await user.click(screen.getByRole("button", { name: "插入" }));
  expect(box).toHaveValue("，新茶到了{{ customer.name | default: '亲' }}");
  expect(await screen.findByText("〔姓名〕，新茶到了")).toBeInTheDocument();
  expect(await screen.findByText("12 / 4,000 字节")).toBeInTheDocument();
});

it("says beside the field what is wrong with it, and keeps the last reading", async () => {
  const { user } = draw("/messages/6");
  const box = await screen.findByRole("textbox", { name: "文字" });
  expect(await screen.findByText("新茶到了", { selector: ".bubble" })).toBeInTheDocument();
  await user.clear(box);
  await user.type(box, "{{{{ customer.nickname }}");
  expect(await screen.findByRole("alert")).toHaveTextContent("没有“customer.nickname”这个变量。");
  expect(box).toBeInvalid();
  expect(screen.getByText("新茶到了", { selector: ".bubble" })).toBeInTheDocument();
});

it("saves nothing that is not filled in, and says which field", async () => {
  const { user } = draw("/messages/new");
  await user.click(await screen.findByRole("button", { name: "保存消息" }));
  expect((await screen.findAllByText("这一项要填")).length).toBe(2);
});

it("gives each hole of an approved template a field of its own", async () => {
  server.use(answer("post", "/api/v1/messages", ({ body }) => { asked.push(body); return { ...upNew, channel: "sms" }; }));
  const { user } = draw("/messages/new");
  await user.type(await screen.findByRole("textbox", { name: "名称" }), "券到期");
  await user.click(screen.getByRole("combobox", { name: "渠道" }));
  await user.click(await screen.findByText("短信"));
  await user.type(screen.getByRole("textbox", { name: "模板编号" }), "SMS_1");
  await user.type(screen.getByRole("textbox", { name: /模板原文/ }), "${{name}，你的券明天到期");
  await user.type(await screen.findByRole("textbox", { name: "模板里的 name" }), "会员");
  await user.click(screen.getByRole("button", { name: "保存消息" }));
  expect(await screen.findByText("别处")).toBeInTheDocument();
  expect(asked).toEqual([{ name: "券到期", purpose: "marketing", channel: "sms", parts: [{ kind: "template", code: "SMS_1", text: "${name}，你的券明天到期", values: { name: "会员" } }] }]);
});

it("lets somebody else approve or send back, with a reason, never the author", async () => {
  server.use(answer("post", "/api/v1/messages/{message_id}/versions/{number}/reject", ({ body }) => { asked.push(body); return second; }));
  const { user } = draw("/messages/6");
  await user.click(await screen.findByRole("button", { name: "退回" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByRole("button", { name: "退回" })).toBeDisabled();
  await user.type(within(dialog).getByRole("textbox"), "价格写错了");
  await user.click(within(dialog).getByRole("button", { name: "退回" }));
  await expect.poll(() => asked).toEqual([{ reason: "价格写错了" }]);
});

it("does not offer the author to approve what she wrote", async () => {
  server.use(answer("get", "/api/v1/messages/{message_id}/versions", page({ ...second, is_mine: true })));
  draw("/messages/6");
  expect(await screen.findByText("这一版是你写的，等别人来看。")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "批准这一版" })).toBeNull();
});
