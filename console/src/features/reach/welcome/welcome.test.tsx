import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";

import { answer, refuse } from "@/testing/answers";
import { me } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { kit } from "@/testing/kits";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import type { WelcomePreview } from "./welcomeApi";
import { WelcomePage } from "./WelcomePage";

const at = "/api/v1/wecom/corps/{corp_id}/welcome";
const always = { windows: [], parts: [{ kind: "text", text: "你好，欢迎来茶馆" }] };
const heard: WelcomePreview = { slot: 0, parts: always.parts, text_bytes: 24, text_most: 4000, attachments: 0, attachments_most: 9, files: [] };
let asked: unknown[] = [];

beforeEach(() => {
  asked = [];
  server.use(answer("get", "/api/v1/messages/kit", kit), answer("get", at, { slots: [always] }), answer("post", `${at}/preview`, heard));
});

function open(permissions?: string[]) {
  renderAt("/wecom/1/welcome", inside("/wecom/:corpId/welcome", <WelcomePage />, permissions ? me({ permissions }) : me()));
}

it("shows what new friends hear, and saves what is written for other hours", async () => {
  server.use(answer("put", at, ({ body }) => { asked.push(body); return { slots: [always] }; }));
  open();
  expect(await screen.findByDisplayValue("你好，欢迎来茶馆")).toBeVisible();
  const preview = await screen.findByRole("region", { name: "新客户看到的" });
  expect(await within(preview).findByText(/用第 1 条 · 文字 24 \/ 4,000 字节/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "插入变量" })).toBeNull();

  await userEvent.click(screen.getByRole("button", { name: /加一条欢迎语/ }));
  expect(screen.getByRole("button", { name: "保存欢迎语" })).toBeDisabled();
  expect(await within(preview).findByText("还有内容没填好，填好后就能预览。")).toBeVisible();
  const second = screen.getByRole("region", { name: "第 2 条" });
  expect(within(second).getByText("在这些时段")).toBeVisible();
  await userEvent.type(within(second).getByRole("textbox", { name: "文字" }), "在上班");
  await userEvent.click(screen.getByRole("button", { name: "保存欢迎语" }));
  expect(await screen.findByText("已保存，从下一位新客户开始。")).toBeVisible();
  expect(asked).toEqual([{ slots: [always, { windows: [{ days: [1, 2, 3, 4, 5], begin: "09:00", end: "18:00" }], parts: [{ kind: "text", text: "在上班" }] }] }]);
});

it("says beside a field what was refused of it, and lets it be written again", async () => {
  server.use(refuse("put", at, { status: 422, code: "reach.message_not_sound", detail: "欢迎语还有 1 处要改。", errors: [{ field: "slots.0.parts.0.text", message: "文字最多 4000 字节，现在 4001", came: null }] }));
  open();
  await screen.findByDisplayValue("你好，欢迎来茶馆");
  await userEvent.click(screen.getByRole("button", { name: "保存欢迎语" }));
  const slot = screen.getByRole("region", { name: "第 1 条" });
  expect(await within(slot).findByText("文字最多 4000 字节，现在 4001")).toBeVisible();
  await userEvent.type(within(slot).getByRole("textbox", { name: "文字" }), "。");
  await waitFor(() => { expect(within(slot).queryByText("文字最多 4000 字节，现在 4001")).toBeNull(); });
});

it("says of a file why it cannot go, and shows all to who may only look", async () => {
  server.use(answer("post", `${at}/preview`, { ...heard, attachments: 1, files: [{ place: 1, name: "龙井.png", size: 0, trouble: "这个网址打不开。" }] }));
  open(["reach.read"]);
  expect(await screen.findByText("这个网址打不开。")).toBeVisible();
  expect(screen.getByDisplayValue("你好，欢迎来茶馆")).toBeDisabled();
  expect(screen.queryByRole("button", { name: /保存欢迎语|加一条欢迎语|删除第 1 条/ })).toBeNull();
});
