import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";

import { answer, refuse } from "@/testing/answers";
import { me, page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { BeginTransferPage } from "./BeginTransferPage";
import { TransferPage } from "./TransferPage";
import { TransfersPage } from "./TransfersPage";
import type { Leaver, Transfer, Transferable, TransferPreview } from "./transfersApi";

const at = "/api/v1/wecom/transfers";
const lin: Leaver = { staff_id: 3, name: "林月", corp_name: "茶馆", left_at: "2026-11-20T00:00:00Z", unassigned: 12, customers: 12, groups: 1, moving: 0, read_at: "2026-11-22T00:00:00Z" };
const chen: Transferable = { staff_id: 4, name: "陈博", corp_id: 1, corp_name: "茶馆", can_take_over: true, customers: 80, groups: 0, moving: 0 };
const preview: TransferPreview = {
  is_resigned: true, goes: 10, lost: 1, pending: 1, too_often: 0, not_hers: 0, was_handed_over: 2, has_refused: 0, knows_taker: 0, groups: 1, groups_today: 1, groups_held: 0,
  limits: [{ name: "transfer_refusal_hours", value: 24, seen: "2024-04" }],
  shown: [{ customer: 9, name: "王芳", why: "lost" }],
};
const transfer: Transfer = {
  id: 7, giver: { staff_id: 3, name: "林月", has_left: true }, taker: { staff_id: 4, name: "陈博", has_left: false }, is_resigned: true, message: "", state: "open",
  customers: { waiting: 4, begun: 3, done: 2, refused: 1 }, groups: {}, codes: [{ code: 40128, why: "90 天内已经交接满 2 次", count: 1 }], trouble: "", created_at: "2026-11-22T00:00:00Z", over_at: null,
};

beforeEach(() => {
  server.use(answer("get", `${at}/leavers`, page(lin)), answer("get", `${at}/staff`, page(chen)), answer("get", at, page(transfer)), answer("post", `${at}/preview`, preview));
});

describe("handing over", () => {
  it("says who left how many behind, and lists every handover", async () => {
    renderAt("/team/transfers", inside("/team/transfers", <TransfersPage />));
    expect(await screen.findByText("1 位离职员工还有 12 位客户没人接。")).toBeVisible();
    expect(await screen.findByText("林月 → 陈博")).toBeVisible();
    expect(screen.getByRole("link", { name: "交给别人" })).toHaveAttribute("href", "/w/tea-house/team/transfers/new?giver=3");
  });

  it("shows it to who may only look without the means to hand over", async () => {
    renderAt("/team/transfers", inside("/team/transfers", <TransfersPage />, me({ permissions: ["transfers.read"] })));
    expect(await screen.findByText("林月 → 陈博")).toBeVisible();
    expect(screen.queryByRole("link", { name: "交给别人" })).toBeNull();
    expect(screen.queryByRole("button", { name: /交接客户|重新读取/ })).toBeNull();
  });

  it("says what will happen before it is asked for, and asks for exactly that", async () => {
    let asked: unknown = null;
    server.use(answer("post", at, ({ body }) => { asked = body; return transfer; }));
    renderAt("/team/transfers/new?giver=3&taker=4", inside("/team/transfers/new", <BeginTransferPage />));
    const act = await screen.findByText("交接 10 位客户和 1 个群");
    expect(screen.getByText("已删除交出员工")).toBeVisible();
    expect(screen.getByText(/2 位在 90 天内交接过 1 次/)).toBeVisible();
    expect(screen.queryByLabelText("接手后客户看到的话")).toBeNull();
    fireEvent.click(act);
    expect(await screen.findByText("林月 的客户交给 陈博？")).toBeInTheDocument();
    expect(asked).toBeNull();
    for (const each of screen.getAllByText("交接 10 位客户和 1 个群").filter((found) => found !== act)) fireEvent.click(each);
    await waitFor(() => { expect(asked).toMatchObject({ giver_id: 3, taker_id: 4, customers: "everyone", groups: "all" }); });
    expect(await screen.findByText("别处")).toBeVisible();
  });

  it("says in the server's words why two cannot hand over", async () => {
    server.use(refuse("post", `${at}/preview`, { status: 422, code: "wecom.cannot_take_over", detail: "“陈博”在企业微信里没有激活。" }));
    renderAt("/team/transfers/new?giver=3&taker=4", inside("/team/transfers/new", <BeginTransferPage />));
    expect(await screen.findByText("“陈博”在企业微信里没有激活。")).toBeVisible();
    expect(screen.getByRole("button", { name: "交接客户" })).toBeDisabled();
  });

  it("follows one to its end, with why some were not taken, and calls off what waits", async () => {
    let cancelled = false;
    server.use(
      answer("get", `${at}/{transfer_id}`, transfer),
      answer("get", `${at}/{transfer_id}/customers`, page({ id: 1, customer: 9, name: "王芳", state: "refused" as const, why: "", takeover_at: null, ended_at: "2026-11-22T00:00:00Z" })),
      answer("post", `${at}/{transfer_id}/cancel`, () => { cancelled = true; return transfer; }),
    );
    renderAt("/team/transfers/7", inside("/team/transfers/:transferId", <TransferPage />));
    expect(await screen.findByText(/2 位已接手，3 位在等 24 小时，4 位还没提交。 1 位拒绝，留在原处。/)).toBeVisible();
    expect(screen.getByText(/90 天内已经交接满 2 次/)).toBeVisible();
    expect(await screen.findByText("王芳")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "取消没提交的" }));
    const sure = await screen.findByRole("dialog");
    expect(within(sure).getByText(/4 位客户和 0 个群留在原处/)).toBeInTheDocument();
    await userEvent.click(within(sure).getByRole("button", { name: "取消没提交的" }));
    await waitFor(() => { expect(cancelled).toBe(true); });
  });
});
