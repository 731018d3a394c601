import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { answer } from "@/testing/answers";
import { me, page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { MassTaskPage } from "./MassTaskPage";
import type { MassDetail } from "./massApi";

const at = "/api/v1/wecom/mass/{task_id}";
const task: MassDetail = {
  kind: "customers", likes: 0, comments: 0, groups: [], id: 5, text: "新茶到了", attachments: 0, sender: "", state: "open", people: 40, reached: 12, members: 2, confirmed: 1, trouble_zh: "", trouble_en: "", created_at: "2026-11-22T00:00:00Z", due_at: "2026-11-22T00:00:00Z", asked_at: "2026-11-22T00:01:00Z", sending_id: null, reminders_left: 1,
  parts: [{ kind: "text", text: "新茶到了" }],
  staff: [{ staff_id: 3, name: "林月", confirmed_at: null }, { staff_id: 4, name: "陈博", confirmed_at: "2026-11-22T01:00:00Z" }],
  outcome: { waiting: 27, sent: 12, no_friend: 1 },
};

function open(permissions?: string[]) {
  server.use(answer("get", `${at}/people`, page({ id: 1, customer: 9, name: "王芳", staff_name: "陈博", state: "sent" as const })));
  renderAt("/mass/5", inside("/mass/:taskId", <MassTaskPage />, permissions ? me({ permissions }) : me()));
}

describe("a mass message that staff confirm", () => {
  it("says who has not confirmed, reminds while it may, and calls off the rest", async () => {
    let left = 1;
    server.use(
      answer("get", at, () => ({ ...task, reminders_left: left })),
      answer("post", `${at}/remind`, () => { left = 0; return { ...task, reminders_left: 0 }; }),
      answer("post", `${at}/cancel`, { ...task, state: "cancelled" }),
    );
    open();
    expect(await screen.findByText("1 位员工还没确认，12 位客户已收到。")).toBeVisible();
    const staff = screen.getByRole("region", { name: "员工" });
    expect(within(staff).getByText("还没确认")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: /提醒没确认的员工/ }));
    expect(await screen.findByText(/24 小时内的提醒次数用完了/)).toBeVisible();
    expect(screen.getByRole("button", { name: /提醒没确认的员工/ })).toBeDisabled();
    await userEvent.click(screen.getByRole("button", { name: "取消群发" }));
    const warned = await screen.findByText(/27 位客户不会收到/);
    await waitFor(() => { expect(warned).toBeVisible(); });
  });

  it("shows it to who may only look", async () => {
    server.use(answer("get", at, { ...task, state: "refused", trouble_zh: "内容被企业微信的反垃圾规则拦下。" }));
    open(["reach.read", "customers.read"]);
    expect(await screen.findByText("内容被企业微信的反垃圾规则拦下。")).toBeVisible();
    expect(await screen.findByText("王芳")).toBeVisible();
    expect(screen.queryByRole("button", { name: /取消群发|提醒/ })).toBeNull();
  });
});
