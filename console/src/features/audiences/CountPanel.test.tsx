import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { answer } from "@/testing/answers";
import { me } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { Builder } from "./Builder";
import type { Condition } from "./condition";

const favourites: Condition = { kind: "event", types: ["favorite"], window: { kind: "rolling", amount: 30, unit: "day" }, op: "ge", value: 1 };
const asked: unknown[] = [];
const instantOf = (body: unknown) => (typeof body === "object" && body !== null && "at" in body ? body.at : undefined);

beforeEach(() => {
  asked.length = 0;
  server.use(
    answer("get", "/api/v1/audiences/vocabulary", { attributes: [], events: [{ name: "favorite", label: "收藏", properties: [] }], tag_groups: [], audiences: [], staff: [], stores: [], groups: [], statuses: [], dependants: [], stages: [] }),
    answer("post", "/api/v1/audiences/say", { sentence: "近30天收藏≥1次", zh: "", en: "" }),
    answer("post", "/api/v1/audiences/preview", ({ body }) => {
      asked.push(instantOf(body));
      return instantOf(body) === null ? { count: 12_408, at: "2026-11-22T00:00:00Z", sample: [7], names: { "7": "王芳" } } : { count: 9001, at: "2026-11-03T00:00:00Z", sample: [8], names: { "8": "李雷" } };
    }),
  );
});

describe("counting as of an earlier instant", () => {
  it("says that it is as of then, and finds back to now", async () => {
    const { user } = renderAt("/audiences/new", inside("/audiences/new", <Builder title="新建人群" first={favourites} sentence="" />, me()));
    await user.click(await screen.findByLabelText("按哪个时刻数"));
    await user.paste("2026-11-03 08:00");
    await user.keyboard("{Enter}");
    expect(await screen.findByText("9,001")).toBeVisible();
    expect(asked).toEqual([null, "2026-11-03T00:00:00.000Z"]);
    expect(screen.getByText("2026-11-03 08:00 符合的人")).toBeVisible();
    expect(screen.getByText(/存下的人群仍按现在进出/)).toBeVisible();
    // Whoever is saved is not those of then: the button does not name their number.
    expect(screen.getByText("存为人群")).toBeVisible();
    await user.click(screen.getByText("回到现在"));
    expect(await screen.findByText("存为人群（12,408 人）")).toBeVisible();
  });
});
