import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";

import { answer } from "@/testing/answers";
import { me, page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { SyncPanel } from "./SyncPanel";
import type { Sync, SyncFailure, SyncGap, Totals } from "./syncApi";

const run: Sync = {
  id: 4, state: "running", is_first: false, began_at: "2026-11-22T00:00:00Z", finished_at: null, waits_until: null, why: "", job_id: 9,
  parts: [{ subject: "contacts", done: 3, of: 10 }, { subject: "staff", done: 1, of: 1 }],
  counts: { contacts_read: 12_345, contacts_new: 20, contacts_changed: 3, contacts_ended: 1 },
};
const totals: Totals = { departments: 3, staff: 40, followers: 38, relations: 52_000, lost: 310, contacts: 48_000, groups: 12, tags: { both: 10, overflow: 4 }, ways: 5, links: 1, failures: 1, gaps: 1 };
const failure: SyncFailure = { id: 8, subject: "contacts", key: "@chen.bo", code: 60021, why: "成员不在应用的可见范围里", times: 2, at: "2026-11-22T00:00:00Z" };
const gap: SyncGap = { id: 5, run_id: 4, subject: "contacts", kind: "missing", key: "wm9 · lin.yue", at: "2026-11-22T00:00:00Z" };
const at = "/api/v1/wecom/corps/{corp_id}";

beforeEach(() => {
  server.use(
    answer("get", `${at}/syncs`, page(run)),
    answer("get", `${at}/sync-totals`, totals),
    answer("get", `${at}/sync-failures`, page(failure)),
    answer("get", `${at}/sync-gaps`, page(gap)),
  );
});

function open(permissions: string[]) {
  renderAt("/wecom", inside("/wecom", <SyncPanel corp={1} active />, me({ permissions })));
}

describe("the sync of a corp", () => {
  it("shows how far it is, what came of it and what has no room there", async () => {
    open(["wecom.read", "wecom.write"]);
    expect(await screen.findByText("读到 12,345 条客户关系：新增 20，变化 3，结束 1")).toBeVisible();
    expect(screen.getByText("3 / 10")).toBeVisible();
    expect(await screen.findByText("48,000")).toBeVisible();
    expect(screen.getByText(/4 个标签因企业标签已满/)).toBeVisible();
    expect(screen.getByRole("button", { name: "停下" })).toBeEnabled();
  });

  it("lists what did not go with why, and tries it again", async () => {
    server.use(answer("post", `${at}/sync-failures/{failure_id}/retry`, { went: true, failure: null }));
    open(["wecom.read", "wecom.write"]);
    const failures = await screen.findByRole("table", { name: "没同步成的" });
    expect(within(failures).getByText("成员不在应用的可见范围里")).toBeVisible();
    server.use(answer("get", `${at}/sync-failures`, page()));
    await userEvent.click(within(failures).getByRole("button", { name: /重\s?试/ }));
    await expect.poll(() => screen.queryByRole("table", { name: "没同步成的" })).toBeNull();
    expect(await screen.findByText("这边没有")).toBeVisible();
  });

  it("goes on with one that stopped and says why it did", async () => {
    server.use(answer("get", `${at}/syncs`, page({ ...run, state: "stopped", why: "有人停下了它" })));
    open(["wecom.read", "wecom.write"]);
    expect(await screen.findByText("有人停下了它")).toBeVisible();
    expect(screen.getByRole("button", { name: "接着同步" })).toBeEnabled();
  });

  it("shows it to who may not begin one, without the means to", async () => {
    open(["wecom.read"]);
    expect(await screen.findByText("3 / 10")).toBeVisible();
    expect(screen.queryByRole("button")).toBeNull();
  });
});
