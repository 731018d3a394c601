import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";

import type { components } from "@/api/schema";
import { answer, refuse } from "@/testing/answers";
import { me, page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { kit } from "@/testing/kits";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { GroupSendingPage } from "./GroupSendingPage";
import { GroupSendingsPage } from "./GroupSendingsPage";
import type { GroupFound, GroupsPlanned, MomentPlanned, OwnersTask, SendingDetail } from "./massApi";
import { NewGroupMassPage } from "./NewGroupMassPage";
import { NewMomentPage } from "./NewMomentPage";

type MessageOut = components["schemas"]["MessageOut"];

const at = "/api/v1/wecom";
const soon = () => new Date().toISOString();
const fuli: GroupFound = { group: 3, name: "静安福利群", people: 42, staff: 5, staff_name: "林月", made_at: "2026-11-01T00:00:00Z" };
const planned = (): GroupsPlanned => ({
  at: soon(), people: 42, count: 1, held: 1, tasks: [], sending: null,
  owners: [{ staff: 5, name: "林月", groups: 2, people: 42, held: 1, caps: [{ sentence: "每个客户群每天最多收到 1 条群发", per: "day", days: 1, most: 1, used: 1, full: 1 }] }],
  groups: [{ group: 4, name: "老客群", people: 10, reason: "channel_rule", why: "每个客户群每天最多收到 1 条群发" }],
});
const task: OwnersTask = {
  id: 8, kind: "groups", text: "新茶到了", attachments: 0, sender: "林月", state: "open", people: 2, reached: 0, members: 1, confirmed: 0, likes: 0, comments: 0, trouble_zh: "", trouble_en: "",
  created_at: "2026-11-22T00:00:00Z", due_at: "2026-11-22T00:00:00Z", asked_at: "2026-11-22T00:01:00Z", sending_id: 9, reminders_left: 3, outcome: { waiting: 2 },
};
const done: OwnersTask = { ...task, id: 7, sender: "陈博", state: "over", confirmed: 1, reached: 1, outcome: { sent: 1, had_others: 1 } };
const sending: SendingDetail = {
  id: 9, name: "新茶", text: "新茶到了", attachments: 0, at: "2026-11-22T00:00:00Z", created_at: "2026-11-22T00:00:00Z", owners: 2, states: { open: 1, over: 1 }, groups: 4, outcome: { waiting: 2, sent: 1, had_others: 1 },
  parts: [{ kind: "text", text: "新茶到了" }], tasks: [done, task],
};
const message: MessageOut = { id: 6, name: "新茶到了", channel: "group", purpose: "marketing", state: "in_use", version: 1, review: "none", parts: [], owner: null, created_at: "2026-11-22T00:00:00Z", changed_at: "2026-11-22T00:00:00Z" };
const corp: components["schemas"]["CorpOut"] = { id: 1, name: "茶馆", corp_id: "ww1", agent_id: 1, base: "", callback_url: "", entrance_url: "", trusted_domain: "", has_callback_secrets: true, state: "active", verified_at: null, archive_base: "", archive_days: 0, archive_read_at: null, archive_trouble: "", has_archive_secret: false, created_at: "2026-11-22T00:00:00Z", changed_at: "2026-11-22T00:00:00Z" };
let asked: [string, unknown][] = [];

function note(what: string) {
  return ({ body }: { body: unknown }) => { asked.push([what, body]); };
}

beforeEach(() => {
  asked = [];
  server.use(
    answer("get", "/api/v1/messages/kit", kit),
    answer("post", "/api/v1/messages/preview", { rendered: { parts: [], subject: "", template: "", values: {} }, problem: "", lengths: [] }),
    answer("get", "/api/v1/messages", page()),
    answer("get", `${at}/groups`, page(fuli)),
    answer("get", `${at}/groups/owners`, [{ staff: 5, name: "林月", groups: 2 }]),
    answer("post", `${at}/group-mass/preview`, planned),
    answer("post", "/api/v1/messages", (sent) => { note("message")(sent); return message; }),
  );
});

/** Press the button that says so in the dialog that asks once more. */
async function sure(act: string) {
  const dialog = await screen.findByRole("dialog");
  fireEvent.click(within(dialog).getByRole("button", { name: act }));
}

it("says whose groups are full before it goes, keeps the words once, and asks for exactly what was chosen", async () => {
  server.use(answer("post", `${at}/group-mass`, (sent) => { note("send")(sent); return { ...planned(), tasks: [8], sending: 9 }; }));
  renderAt("/mass/groups/new", inside("/mass/groups/new", <NewGroupMassPage />));
  const ahead = await screen.findByRole("region", { name: "发出之前" });
  const stands = await within(ahead).findByRole("region", { name: "每位群主还能发多少" });
  expect(within(stands).getByText(/今天 1\/1/)).toBeVisible();
  expect(within(stands).getByText("1 个发不了")).toBeVisible();
  expect(within(ahead).getByText("老客群")).toBeVisible();
  expect(within(ahead).getByRole("button")).toBeDisabled();

  await userEvent.type(screen.getByRole("textbox", { name: "文字" }), "新茶到了");
  const act = screen.getByRole("button", { name: "发给 1 个群" });
  await waitFor(() => { expect(act).toBeEnabled(); });
  server.use(refuse("post", `${at}/group-mass`, { status: 409, code: "wecom.needs_another_eye", detail: "这些群一共 42 人，要先由另一位同事审批。" }));
  fireEvent.click(act);
  await sure("发给 1 个群");
  const dialog = await screen.findByRole("dialog");
  expect(await within(dialog).findByText("这些群一共 42 人，要先由另一位同事审批。")).toBeVisible();
  expect(within(dialog).getByRole("link", { name: "去看这条消息，请同事审批" })).toHaveAttribute("href", "/w/tea-house/messages/6");
  server.use(answer("post", `${at}/group-mass`, (sent) => { note("send")(sent); return { ...planned(), tasks: [8], sending: 9 }; }));
  await waitFor(() => { expect(within(dialog).getByRole("button", { name: "发给 1 个群" })).toBeEnabled(); });
  await sure("发给 1 个群");
  expect(await screen.findByText("别处")).toBeVisible();
  expect(asked.map(([what]) => what)).toEqual(["message", "send"]);
  expect(asked[1]?.[1]).toMatchObject({ message_id: 6, groups: [], among: { q: "", owners: [], least: null, most: null }, at: null });
});

it("sends only to the groups that are ticked", async () => {
  let meant: unknown = null;
  server.use(answer("post", `${at}/group-mass/preview`, ({ body }) => { meant = body; return planned(); }));
  renderAt("/mass/groups/new", inside("/mass/groups/new", <NewGroupMassPage />));
  await userEvent.click(await screen.findByText("一个个勾"));
  expect(await screen.findByText(/勾几个群，这里会告诉你/)).toBeVisible();
  await userEvent.click(await screen.findByRole("checkbox", { name: "静安福利群" }));
  await waitFor(() => { expect(meant).toMatchObject({ groups: [3] }); });
  expect(meant).not.toHaveProperty("among");
});

it("follows a message owner by owner, and reminds those alone who have not confirmed", async () => {
  server.use(
    answer("get", `${at}/group-mass`, page(sending)),
    answer("get", `${at}/group-mass/{sending_id}`, sending),
    answer("post", `${at}/mass/{task_id}/remind`, ({ params }) => { asked.push(["remind", params["task_id"]]); return { ...task, parts: [], staff: [], groups: [] }; }),
    answer("post", `${at}/mass/{task_id}/cancel`, ({ params }) => { asked.push(["cancel", params["task_id"]]); return { ...task, parts: [], staff: [], groups: [] }; }),
  );
  const listed = renderAt("/mass/groups", inside("/mass/groups", <GroupSendingsPage />));
  expect(await screen.findByText("1 / 4")).toBeVisible();
  listed.unmount();
  renderAt("/mass/groups/9", inside("/mass/groups/:sendingId", <GroupSendingPage />));
  expect(await screen.findByText("1 位群主还没确认，4 个群里 1 个已发出。")).toBeVisible();
  expect(screen.getByRole("link", { name: "林月" })).toHaveAttribute("href", "/w/tea-house/mass/8");
  await userEvent.click(screen.getByRole("button", { name: /提醒 1 位没确认的群主/ }));
  expect(await screen.findByText("提醒了 1 位。")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "停掉没发的" }));
  await sure("停掉没发的");
  await waitFor(() => { expect(asked).toEqual([["remind", "8"], ["cancel", "8"]]); });
});

it("posts by those who are named, and says who cannot", async () => {
  const preview: MomentPlanned = { at: soon(), task: null, staff: 2, people: 120, caps: [{ sentence: "每月最多 4 条", per: "month", days: 1, most: 4, used: 4, full: 1 }], left_out: [{ staff: 5, name: "林月", why: "每位客户每月最多看到 4 条企业发表的朋友圈" }] };
  server.use(
    answer("get", "/api/v1/staff", page({ id: 5, name: "林月", code: "", department_id: null, store_ids: [], user_id: null, is_active: true })),
    answer("get", "/api/v1/departments", page()),
    answer("get", "/api/v1/stores", page({ id: 2, name: "静安店", code: "", department_id: null, is_active: true })),
    answer("get", `${at}/corps`, page(corp)),
    answer("get", `${at}/corps/{corp_id}/tags`, page()),
    answer("post", `${at}/moments/preview`, (sent) => { note("preview")(sent); return preview; }),
    answer("post", `${at}/moments`, (sent) => { note("post")(sent); return { ...preview, task: 12 }; }),
  );
  renderAt("/mass/moments/new", inside("/mass/moments/new", <NewMomentPage />));
  const ahead = await screen.findByRole("region", { name: "发出之前" });
  expect(await within(ahead).findByText(/每位客户每月最多看到 4 条/)).toBeVisible();
  expect(within(ahead).getByText(/本月 4\/4/)).toBeVisible();
  fireEvent.mouseDown(screen.getByRole("combobox", { name: "由谁发表" }));
  fireEvent.click(await screen.findByText("静安店"));
  await userEvent.type(screen.getByRole("textbox", { name: "文字" }), "新茶到了");
  await waitFor(() => { expect(asked.filter(([what]) => what === "preview").at(-1)?.[1]).toMatchObject({ stores: [2], staff: [] }); });
  const act = screen.getByRole("button", { name: "让 2 位员工发表" });
  await waitFor(() => { expect(act).toBeEnabled(); });
  fireEvent.click(act);
  await sure("让 2 位员工发表");
  expect(await screen.findByText("别处")).toBeVisible();
  expect(asked.find(([what]) => what === "post")?.[1]).toMatchObject({ message_id: 6, stores: [2] });
});

it("shows a guide who may only look what there is, without the means to send", async () => {
  server.use(answer("get", `${at}/group-mass/{sending_id}`, sending));
  renderAt("/mass/groups/9", inside("/mass/groups/:sendingId", <GroupSendingPage />, me({ permissions: ["reach.read"] })));
  expect(await screen.findByText("陈博")).toBeVisible();
  expect(screen.queryByRole("button", { name: /提醒|停掉/ })).toBeNull();
});
