import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { answer, refuse } from "@/testing/answers";
import { me, page } from "@/testing/builders";
import { inside } from "@/testing/inside";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { SourcesPage } from "./SourcesPage";

const ranks = page(
  { source: "user", label: "员工填写", rank: 100, built_in: 100 },
  { source: "key", label: "接口", rank: 60, built_in: 60 },
  { source: "import", label: "文件导入", rank: 50, built_in: 50 },
);
const sent: unknown[] = [];
const order = () => screen.getAllByRole("listitem").slice(0, 3).map((each) => /员工填写|接口|文件导入/.exec(each.textContent)?.[0]);

function draw(permissions?: string[]) {
  return renderAt("/settings/sources", inside("/settings/sources", <SourcesPage />, permissions ? me({ permissions }) : me()));
}

beforeEach(() => {
  sent.length = 0;
  server.use(
    answer("get", "/api/v1/customers/source-ranks", ranks),
    answer("put", "/api/v1/customers/source-ranks", ({ body }) => {
      sent.push(body);
      return ranks;
    }),
  );
});

describe("whose word counts", () => {
  it("is moved a step at a time, the keyboard staying with the line, and saved as an order", async () => {
    const { user } = draw();
    const up = await screen.findByRole("button", { name: "上移文件导入" });
    await user.click(up);
    expect(order()).toEqual(["员工填写", "文件导入", "接口"]);
    expect(screen.getByRole("button", { name: "上移文件导入" })).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(order()).toEqual(["文件导入", "员工填写", "接口"]);
    expect(screen.getByRole("button", { name: "下移文件导入" })).toHaveFocus();
    await user.click(screen.getByRole("checkbox", { name: "和“文件导入”并列" }));
    await user.click(screen.getByRole("button", { name: "保存" }));
    expect(await screen.findByRole("status")).toHaveTextContent("以前合并过的客户");
    expect(sent).toEqual([{ ranks: { import: 100, user: 100, key: 80 } }]);
  });

  it("goes back to what is built in", async () => {
    server.use(answer("get", "/api/v1/customers/source-ranks", page(...ranks.items.map((each) => ({ ...each, rank: 150 - each.rank })))));
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: "改回内置的顺序" }));
    expect(order()).toEqual(["员工填写", "接口", "文件导入"]);
    await user.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() => {
      expect(sent).toEqual([{ ranks: null }]);
    });
  });

  it("says why it was refused, and keeps the order that was tried", async () => {
    server.use(refuse("put", "/api/v1/customers/source-ranks", { status: 403, code: "workspaces.not_allowed", detail: "你的角色不能改设置。" }));
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: "下移员工填写" }));
    await user.click(screen.getByRole("button", { name: "保存" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("你的角色不能改设置。");
    expect(order()).toEqual(["接口", "员工填写", "文件导入"]);
  });

  it("is only read by who may not change settings", async () => {
    draw(["customers.read"]);
    expect(await screen.findByText("接口")).toBeVisible();
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.getByText("你能看，不能改。要改，请找所有者。")).toBeVisible();
  });
});
