import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";

import { answer } from "@/testing/answers";
import { me, page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";
import type { Material } from "@/ui/materials/materialsApi";
import { TakeMaterial } from "@/ui/materials/TakeMaterial";

import { LibraryPage } from "./LibraryPage";

const at = "/api/v1/guides/phrases";
const cup: Material = { id: 4, group_id: 1, kind: "image", title: "新茶海报", text: "", description: "", url: "https://tea.example/m/1/new.png", picture: "", app_id: "", labels: ["夏季"], sent: 7, taken: 2, group_name: "上新", is_shared: true, may_write: true, changed_at: "2026-11-22T00:00:00Z" };
const hello: Material = { ...cup, id: 5, kind: "text", title: "问好", text: "在吗", url: "", labels: [], sent: 0, taken: 0, may_write: false };
let searched: URLSearchParams[] = [];

beforeEach(() => {
  searched = [];
  server.use(
    answer("get", at, ({ url }) => { searched.push(url.searchParams); return url.searchParams.get("q") ? page(cup) : page(cup, hello); }),
    answer("get", "/api/v1/guides/phrase-groups", page({ id: 1, name: "上新", is_shared: true }, { id: 2, name: "私货", is_shared: false })),
    answer("get", "/api/v1/guides/phrase-labels", [{ label: "夏季", count: 1 }]),
  );
});

it("finds by words, kind, folder and label, and says how often each is used and by whom it is changed", async () => {
  const { address } = renderAt("/materials", inside("/materials", <LibraryPage />));
  const card = (await screen.findByRole("button", { name: "新茶海报" })).closest("li");
  expect(card).not.toBeNull();
  expect(within(card ?? document.body).getByText("导购发过 7 次 · 写进消息 2 次")).toBeVisible();
  expect(screen.queryByRole("button", { name: "问好" })).toBeNull();
  expect(screen.getByText("还没人用过")).toBeVisible();
  await userEvent.type(screen.getByRole("searchbox", { name: "找素材" }), "xcb");
  await userEvent.click(screen.getByText("图片"));
  await userEvent.click(screen.getByRole("button", { name: /夏季/ }));
  await userEvent.click(screen.getByRole("button", { name: /私货/ }));
  await waitFor(() => { expect(searched.at(-1)?.get("q")).toBe("xcb"); });
  await waitFor(() => { expect(searched.at(-1)?.get("group_id")).toBe("2"); });
  expect([searched.at(-1)?.get("kind"), searched.at(-1)?.get("label")]).toEqual(["image", "夏季"]);
  expect(new URLSearchParams(address().split("?")[1]).get("folder")).toBe("2");
});

it("moves what is changed into another folder", async () => {
  let sent: unknown = null;
  server.use(answer("put", `${at}/{phrase_id}`, ({ body }) => { sent = body; return cup; }));
  renderAt("/materials", inside("/materials", <LibraryPage />));
  await userEvent.click(await screen.findByRole("button", { name: "新茶海报" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("combobox", { name: "分组" }));
  await userEvent.click(await screen.findByTitle("私货"));
  await userEvent.click(within(dialog).getByRole("button", { name: "保存" }));
  await waitFor(() => { expect(sent).toMatchObject({ group_id: 2, title: "新茶海报", labels: ["夏季"], url: cup.url }); });
});

it("has nothing to write for who may only read", async () => {
  server.use(answer("get", at, page(hello)));
  renderAt("/materials", inside("/materials", <LibraryPage />, me({ permissions: ["customers.read"] })));
  expect(await screen.findByText("在吗")).toBeVisible();
  expect(screen.queryByRole("button", { name: /新建素材|上传文件|建文件夹/ })).toBeNull();
});

it("gives a message what is taken, and counts it", async () => {
  let counted = 0;
  const taken: Material[] = [];
  server.use(answer("post", `${at}/{phrase_id}/taken`, () => { counted += 1; return null; }));
  renderAt("/x", inside("/x", <TakeMaterial kinds={["image", "link"]} onTake={(material) => { taken.push(material); }} />));
  await userEvent.click(screen.getByRole("button", { name: /从素材库选/ }));
  await userEvent.click(await screen.findByRole("button", { name: /新茶海报/ }));
  expect(taken).toEqual([cup]);
  expect(searched[0]?.getAll("kind")).toEqual(["image", "link"]);
  await waitFor(() => { expect(counted).toBe(1); });
});
