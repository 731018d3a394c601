import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";

import type { components } from "@/api/schema";
import { answer, refuse } from "@/testing/answers";
import { page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { AudiencePage } from "./AudiencePage";

const guests: components["schemas"]["AudienceOut"] = {
  id: 6, name: "茶会报名", note: "", kind: "static", condition: null, sentence: "", schedule: "manual", refresh_hour: 3, refresh_weekday: 0, count: 1, is_refreshing: false,
  refreshed_at: null, took_ms: null, next_refresh_at: null, next_change_at: null, trouble: "", owner_id: 7, owner_name: "阿华", created_at: "2026-11-01T00:00:00Z", changed_at: "2026-11-01T00:00:00Z", archived_at: null,
};
const asked: unknown[] = [];

beforeEach(() => {
  asked.length = 0;
  server.use(
    answer("get", "/api/v1/audiences/{audience_id}", guests),
    answer("get", "/api/v1/audiences/{audience_id}/growth", []),
    answer("get", "/api/v1/audiences/{audience_id}/users", []),
    answer("get", "/api/v1/audiences/{audience_id}/members", page({ customer_id: 8, name: "李雷", since: "2026-11-20T00:00:00Z", left_at: null })),
    http.get("*/api/v1/customers", () => HttpResponse.json(page({ id: 7, name: "王芳", city: "上海", phone: "138****8000" }))),
    http.get("*/api/v1/customers/7", () => HttpResponse.json({ id: 7, attributes: { name: "王芳" } })),
    answer("post", "/api/v1/audiences/{audience_id}/members", ({ body }) => {
      asked.push(body);
      return { changed: 1, unchanged: 0, unknown: 0, count: 2 };
    }),
    answer("post", "/api/v1/audiences/{audience_id}/members/remove", ({ body }) => {
      asked.push(body);
      return { changed: 1, unchanged: 0, unknown: 0, count: 0 };
    }),
  );
});

const draw = () => renderAt("/audiences/6", inside("/audiences/:audienceId", <AudiencePage />));

it("puts customers on a list, found by name, and says what became of it", async () => {
  const { user } = draw();
  await user.click(await screen.findByRole("button", { name: /放进客户/ }));
  const dialog = await screen.findByRole("dialog");
  await user.type(await within(dialog).findByRole("combobox"), "wang");
  await user.click(await screen.findByText("上海 · 138****8000"));
  await user.click(await within(dialog).findByRole("button", { name: "放进 1 人" }));
  expect(await within(dialog).findByText("放进了 1 人，0 人本来就在，0 个没认出来。")).toBeInTheDocument();
  expect(asked).toEqual([{ customers: [7] }]);
});

it("says which columns a file lacks, and keeps the dialog", async () => {
  server.use(refuse("post", "/api/v1/audiences/{audience_id}/members/upload", { status: 422, code: "audiences.list_not_readable", detail: "第一行“moon”里没有认识的列。" }));
  const { user } = draw();
  await user.click(await screen.findByRole("button", { name: /放进客户/ }));
  await user.upload(await screen.findByLabelText("上传 CSV"), new File(["moon\n1\n"], "名单.csv", { type: "text/csv" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("没有认识的列");
});

it("takes one off again", async () => {
  const { user } = draw();
  await user.click(await screen.findByRole("button", { name: "移出" }));
  await waitFor(() => {
    expect(asked).toEqual([{ customers: [8] }]);
  });
});

describe("a list filled from an audience", () => {
  const [all, staying] = [30, 0];
  beforeEach(() => {
    server.use(
      answer("get", "/api/v1/audiences/vocabulary", { attributes: [], events: [], tag_groups: [], audiences: [{ id: 5, name: "近期收藏" }, { id: 6, name: "茶会报名" }], staff: [], stores: [], groups: [], statuses: [], dependants: [], stages: [] }),
      answer("post", "/api/v1/audiences/preview", ({ body }) => ({ count: JSON.stringify(body).includes('"all"') ? staying : all, at: "2026-11-22T00:00:00Z", sample: [], names: {} })),
    );
  });
  const choose = async () => {
    const { user } = draw();
    await user.click(await screen.findByLabelText("操作"));
    await user.click(await screen.findByText("按人群或条件重新填"));
    await user.click(await screen.findByLabelText("选一个人群或名单"));
    await user.click(await screen.findByText("近期收藏"));
    return user;
  };

  it("says first who comes and who goes, then does exactly that", async () => {
    server.use(
      answer("post", "/api/v1/audiences/{audience_id}/members/snapshot", ({ body }) => {
        asked.push(body);
        return { changed: 31, unchanged: 0, unknown: 0, count: 30 };
      }),
    );
    const user = await choose();
    expect(await screen.findByText("30 人符合：放进 30 人，移出 1 人，0 人本来就在。")).toBeInTheDocument();
    await user.click(screen.getByText("名单换成这 30 人"));
    await waitFor(() => {
      expect(asked).toEqual([{ condition: { kind: "audience", op: "in", audiences: [5] } }]);
    });
  });

  it("shows in its place why it was refused", async () => {
    server.use(refuse("post", "/api/v1/audiences/{audience_id}/members/snapshot", { status: 409, code: "audiences.refreshing", detail: "人群“茶会报名”正在更新。" }));
    const user = await choose();
    await user.click(await screen.findByText("名单换成这 30 人"));
    expect(await screen.findByText("人群“茶会报名”正在更新。")).toBeInTheDocument();
  });
});

it("keeps those who are in as a list, and takes the list that was made again where filling was refused", async () => {
  let refused = true;
  server.use(
    answer("get", "/api/v1/audiences/{audience_id}/count", { count: 1, at: "2026-11-22T00:00:00Z" }),
    answer("post", "/api/v1/audiences", ({ body }) => {
      asked.push(["made", body]);
      return { ...guests, id: 9 };
    }),
    answer("patch", "/api/v1/audiences/{audience_id}", () => {
      asked.push("named again");
      return { ...guests, id: 9 };
    }),
    http.post("*/api/v1/audiences/9/members/snapshot", async ({ request }) => {
      asked.push(await request.json());
      if (!refused) return HttpResponse.json({ changed: 1, unchanged: 0, unknown: 0, count: 1 });
      refused = false;
      return HttpResponse.json({ code: "audiences.refreshing", status: 409, detail: "正在更新。" }, { status: 409 });
    }),
  );
  const { user, address } = draw();
  await user.click(await screen.findByLabelText("操作"));
  await user.click(await screen.findByText("另存一份名单"));
  await user.click(await screen.findByText("把 1 人留作名单"));
  expect(await screen.findByText("正在更新。")).toBeInTheDocument();
  await user.click(screen.getByText("把 1 人留作名单"));
  await waitFor(() => {
    expect(address()).toBe("/w/tea-house/audiences/9");
  });
  const snapshot = { condition: { kind: "audience", op: "in", audiences: [6] } };
  expect(asked.slice(1)).toEqual([snapshot, "named again", snapshot]);
  expect(asked[0]).toEqual(["made", expect.objectContaining({ condition: null, name: expect.stringMatching(/^茶会报名 \d{4}-\d\d-\d\d$/) })]);
});
