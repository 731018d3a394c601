import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";

import { speak } from "@/i18n/store";
import { answer } from "@/testing/answers";
import { me, page } from "@/testing/builders";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { routes } from "./router";
import { acquisitionSections, customerSections, reachSections, teamSections } from "./sections";
import { settingsGroups } from "./settingsPages";

// Sentences stand in the tables of i18n, never in a screen: in a language that shows keys instead of
// sentences, and with a server whose every word is a number, no letters are left.
const screens = [
  "today",
  ...[...customerSections, ...reachSections, ...acquisitionSections, ...teamSections].map((each) => each.path),
  "sidebar/people",
  "sidebar/phrases",
  "sidebar/mine",
  "codes/new",
  "codes/channels",
  "messages/new",
  "policy/suppressions",
  "campaigns/new",
  "journeys/library",
  "journeys/library/trial",
  "journeys/new/sop",
  "journeys/new/moments",
  "journeys/new/welcome",
  "journeys/tasks",
  "audiences/new",
  "audiences/rules",
  "audiences/rules/new",
  ...settingsGroups.flatMap((group) => group.pages).map((each) => `settings/${each.path}`),
];

const zone = "Asia/Shanghai";
const told = new Set([zone, "简体中文", "English", "中文", "Ctrl K", "⌘K"]);

function bareWords(root: HTMLElement): string[] {
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const text = (node.textContent ?? "").replace(/⟦[^⟧]*⟧/g, "").trim();
    const inside = node.parentElement;
    if (inside?.closest("code, pre, kbd, .mono, style, .ant-picker, .ant-select-content-value, .ant-select-selection-item")) continue;
    if (/[\u4e00-\u9fff]|[A-Za-z]{2,}/.test(text) && !told.has(text)) found.push(text);
  }
  return found;
}

beforeEach(async () => {
  await speak("__keys__");
  const mine = me({ user: { name: "1", email: "2" }, workspace: { id: 1, name: "3", slug: "tea-house", time_zone: zone, is_demo: false } });
  server.use(
    answer("get", "/api/v1/me", { ...mine, memberships: [{ workspace: mine.current?.workspace ?? { id: 1, name: "3", slug: "tea-house", time_zone: zone, is_demo: false }, role: "owner", scope: "all" }] }),
    answer("get", "/api/v1/workspaces/roles", { roles: [{ role: "owner", label: "4", permissions: ["a"] }], permissions: [{ name: "a", label: "5" }] }),
    answer("get", "/api/v1/org/tree", { departments: [], stores: [], staff_count: 0, staff_without_department: 0 }),
    answer("get", "/api/v1/audiences/vocabulary", { attributes: [], events: [], tag_groups: [], audiences: [], staff: [], stores: [], groups: [], statuses: [], dependants: [], stages: [] }),
    answer("post", "/api/v1/audiences/preview", { count: 6, at: "2026-11-22T00:00:00Z", sample: [], names: {} }),
    answer("post", "/api/v1/audiences/say", { sentence: "7", zh: "7", en: "7" }),
    answer("get", "/api/v1/journeys/library", page({ name: "trial", title: "1", about: "2", when: "3", holdout: 10, is_for_many: true, graph: { entry: { kind: "manual" }, start: "n1", nodes: { n1: { kind: "wait", for: { amount: 1, unit: "day" } } } }, copies: [{ key: "n", name: "4", words: "5", purpose: "service" }] })),
    answer("get", "/api/v1/customers", page()),
    answer("get", "/api/v1/messages/kit", { channels: [], purposes: [], words: [], filters: [] }),
    answer("get", "/api/v1/channels/kinds", []),
    answer("get", "/api/v1/guides/day", { confirmations: [], tasks: [], today: null, month: null }),
    answer("get", "/api/v1/reach/rates", []),
    answer("get", "/api/v1/reach/policy", { number: 1, rules: {}, sentences: [], platform: [], made_by: null, made_at: null }),
    answer("post", "/api/v1/reach/policy/preview", { messages: 1, held: 1, deferred: 1, people: 1, by_rule: [] }),
    http.get("*/api/v1/*", () => HttpResponse.json(page())),
  );
});

describe("no sentence stands outside the tables of i18n", () => {
  it.each(screens)("on %s", async (path) => {
    const { container } = renderAt(`/w/tea-house/${path}`, routes);
    await screen.findByRole("heading", { level: 1 });
    await waitFor(() => {
      expect(screen.queryByRole("status", { name: "⟦common.loading⟧" })).toBeNull();
    });
    expect(bareWords(container)).toEqual([]);
    expect(container.textContent).not.toContain("⟦common.notFoundTitle⟧");
    expect(container.textContent).not.toContain("⟦common.broken⟧");
  });
});
