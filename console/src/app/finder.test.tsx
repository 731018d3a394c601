import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";

import { answer } from "@/testing/answers";
import { page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { Finder } from "./Finder";

beforeEach(() => {
  server.use(
    http.get("*/api/v1/customers", ({ request }) => {
      const asked = new URL(request.url).searchParams.get("q") ?? "";
      const found = ["8000", "wang", "王"].some((each) => asked.startsWith(each)) ? [{ id: 7, name: "王芳", city: "上海", phone: "138****8000" }] : [];
      return HttpResponse.json(page(...found));
    }),
    answer("get", "/api/v1/audiences", page()),
    answer("get", "/api/v1/tags", page()),
  );
});

function draw() {
  return renderAt("/here", inside("/here", <Finder onClose={() => undefined} />));
}

describe("⌘K", () => {
  it.each(["王芳", "wang", "8000"])("finds a customer by %s and opens her with Enter alone", async (words) => {
    const { user, address } = draw();
    await user.type(await screen.findByRole("combobox"), `${words}{Enter}`);
    await waitFor(() => {
      expect(address()).toBe("/w/tea-house/customers/7");
    });
  });

  it("is walked by arrow keys, and says which line is chosen", async () => {
    const { user, address } = draw();
    const box = await screen.findByRole("combobox");
    const lines = within(screen.getByRole("listbox")).getAllByRole("option");
    expect(lines[0]).toHaveAttribute("aria-selected", "true");
    await user.type(box, "{ArrowDown}{ArrowDown}{ArrowUp}");
    expect(box).toHaveAttribute("aria-activedescendant", lines[1]?.id);
    await user.keyboard("{Enter}");
    expect(address()).toBe("/w/tea-house/customers");
  });

  it("begins things: a new audience", async () => {
    const { user, address } = draw();
    await user.type(await screen.findByRole("combobox"), "新建人群");
    await user.click(await screen.findByRole("option", { name: /^新建人群$/ }));
    expect(address()).toBe("/w/tea-house/audiences/new");
  });

  it("takes a sentence to the builder", async () => {
    const { user, address } = draw();
    await user.type(await screen.findByRole("combobox"), "近30天收藏≥1次");
    await user.click(await screen.findByRole("option", { name: "用这句话圈人：近30天收藏≥1次" }));
    expect(address()).toBe(`/w/tea-house/audiences/new?sentence=${encodeURIComponent("近30天收藏≥1次")}`);
  });

  it("says when there is nothing", async () => {
    const { user } = draw();
    await user.type(await screen.findByRole("combobox"), "zzz");
    expect(await screen.findByText("没有找到“zzz”")).toBeVisible();
  });
});
