import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";

import { answer, refuse } from "@/testing/answers";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { LimitsPage } from "./LimitsPage";
import type { Limit } from "./limitsApi";

const at = "/api/v1/wecom/limits";
const tags: Limit = { name: "corp_tags", about: "contact", label: "企业标签最多多少个", value: 10_000, default: 10_000, follows_month: false, since: "2024-04", seen: "2026-01", source: "https://developer.work.weixin.qq.com/document/path/92117", least: 1, most: 1_000_000, change: null, may_change: true };
const groups: Limit = { ...tags, name: "cap:wecom.group", about: "caps", label: "每个客户群每月收到的群发不超过当月天数", value: 31, default: 31, follows_month: true, change: { value: 12, since: "2027-01-01", before: null, made_by: "阿华", made_at: "2026-11-20T00:00:00Z" }, may_change: false };
let all: Limit[] = [];

beforeEach(() => {
  all = [groups, tags];
  server.use(answer("get", at, () => all));
  renderAt("/wecom/limits", inside("/wecom/limits", <LimitsPage />));
});

it("says what holds, since when, where it was read, and what was changed by whom", async () => {
  expect(await screen.findByText("2 条限制，改过 1 条。")).toBeVisible();
  const rows = screen.getAllByRole("row");
  const group = rows.find((each) => within(each).queryByText(/每个客户群/)) ?? document.body;
  expect(within(group).getByText("2027-01-01 起改为 12")).toBeVisible();
  expect(within(group).getByText(/阿华，/)).toBeVisible();
  expect(within(group).queryByRole("button")).toBeNull();
  const tag = rows.find((each) => within(each).queryByText("企业标签最多多少个")) ?? document.body;
  expect(within(tag).getByText("10,000")).toBeVisible();
  expect(within(tag).getByText("2024-04 起")).toBeVisible();
  expect(within(tag).getByRole("link", { name: "平台文档" })).toHaveAttribute("href", tags.source);
  await userEvent.click(screen.getByRole("switch", { name: "只看改过的" }));
  expect(screen.queryByText("企业标签最多多少个")).toBeNull();
});

it("changes one from a day on, says what is refused of it, and goes back to the default", async () => {
  const asked: unknown[] = [];
  server.use(refuse("put", at, { status: 422, code: "wecom.limit_beyond", detail: "“企业标签最多多少个”只能在 1 到 1000000 之间。" }));
  await userEvent.click(await screen.findByRole("button", { name: "改 企业标签最多多少个" }));
  const dialog = await screen.findByRole("dialog");
  const number = within(dialog).getByRole("spinbutton", { name: "改为" });
  await userEvent.clear(number);
  await userEvent.type(number, "0");
  await userEvent.click(within(dialog).getByRole("button", { name: "从这天起按它算" }));
  expect(await within(dialog).findByText("“企业标签最多多少个”只能在 1 到 1000000 之间。")).toBeVisible();

  const changed: Limit = { ...tags, value: 3000, change: { value: 3000, since: "2026-11-23", before: null, made_by: "阿华", made_at: "2026-11-23T00:00:00Z" } };
  server.use(answer("put", at, ({ body }) => { asked.push(body); return changed; }), answer("delete", at, ({ url }) => { asked.push(url.searchParams.get("name")); return tags; }));
  await userEvent.clear(number);
  await userEvent.type(number, "3000");
  await userEvent.click(within(dialog).getByRole("button", { name: "从这天起按它算" }));
  expect(await screen.findByText("2 条限制，改过 2 条。")).toBeVisible();
  expect(await screen.findByText(/改为 3,000 · 2026-11-23 起/)).toBeVisible();
  expect(asked[0]).toMatchObject({ name: "corp_tags", value: 3000 });

  fireEvent.click(screen.getByRole("button", { name: "还原 企业标签最多多少个" }));
  fireEvent.click(await screen.findByRole("button", { name: "还原" }));
  await waitFor(() => { expect(asked.at(-1)).toBe("corp_tags"); });
  expect(await screen.findByText("2 条限制，改过 1 条。")).toBeVisible();
});
