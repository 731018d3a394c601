import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";

import type { components } from "@/api/schema";
import { answer } from "@/testing/answers";
import { page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import type { ChatLine, Hit, Late } from "./qualityApi";
import { QualityPage } from "./QualityPage";

type Schemas = components["schemas"];

const at = "2026-11-23T04:00:00Z";
const who = { customer: 9, customer_name: "王芳", staff: 3, staff_name: "林月" };
const hit: Hit = {
  ...who, id: 7, message_id: 70, said: "加我私人微信吧", at, by_staff: true, in_group: false, is_recalled: false, words: ["私人微信"], severity: "high", settled_at: null, settled_by: "", note: "",
};
const late: Late = { ...who, id: 8, message_id: 80, said: "还有货吗", since: at, due_at: at, answered_at: null, minutes: 95 };
const line: ChatLine = { at, by_staff: false, who: "王芳", kind: "text", text: "能便宜点吗", is_recalled: false, is_it: false };
const asked: unknown[] = [];

beforeEach(() => {
  asked.length = 0;
  server.use(
    answer("get", "/api/v1/guides/chats/hits", page(hit)),
    answer("get", "/api/v1/guides/chats/late", page(late)),
    answer("get", "/api/v1/guides/chats/rules", { minutes: 30, opens: "09:00", closes: "21:00" }),
    answer("get", "/api/v1/guides/words", page<Schemas["WordOut"]>({ id: 1, word: "私人微信", rule: "block", severity: "high", speaker: "staff" })),
    answer("get", "/api/v1/guides/chats/messages/{message_id}", ({ url }) => {
      asked.push(url.pathname);
      return page(line, { ...line, by_staff: true, who: "林月", text: "加我私人微信吧", is_it: true });
    }),
    answer("post", "/api/v1/guides/chats/hits/{hit_id}/settle", ({ body }) => {
      asked.push(body);
      return { ...hit, settled_at: at };
    }),
  );
});

it("says what is to be looked into, and a chat is read only when somebody opens it", async () => {
  renderAt("/team/chats", inside("/team/chats", <QualityPage />));
  expect(await screen.findByText("1 条敏感词没看，1 位客户还在等回复。")).toBeVisible();
  expect(screen.getByText("95 分钟")).toBeVisible();
  expect(asked).toEqual([]);

  fireEvent.click(screen.getByText("看一看"));
  expect(await screen.findByText("能便宜点吗")).toBeInTheDocument();
  expect(asked).toEqual(["/api/v1/guides/chats/messages/70"]);
  fireEvent.change(screen.getByLabelText("怎么处理的（可不填）"), { target: { value: "提醒过了" } });
  fireEvent.click(screen.getByText("看过了"));
  await waitFor(() => { expect(asked).toContainEqual({ note: "提醒过了" }); });
});
