import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";

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
