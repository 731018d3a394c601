import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { answer, refuse } from "@/testing/answers";
import { me } from "@/testing/builders";
import { renderAt } from "@/testing/render";
import { server } from "@/testing/server";

import { SignInPage } from "./SignInPage";

const routes = [
  { path: "/sign-in", Component: SignInPage },
  { path: "*", element: <p>里面</p> },
];
const stranger = () => refuse("get", "/api/v1/me", { status: 401, code: "workspaces.not_signed_in", detail: "还没有登录。" });

async function fillIn(user: ReturnType<typeof renderAt>["user"]) {
  await user.type(await screen.findByLabelText("邮箱"), "ahua@example.com");
  await user.type(screen.getByLabelText("密码"), "tea-house-2026");
  await user.click(screen.getByRole("button", { name: "登录" }));
}

describe("signing in", () => {
  it("leads back to where one was sent from", async () => {
    server.use(stranger(), answer("post", "/api/v1/auth/sign-in", { user_id: 7, must_change_password: false }));
    const { user, address } = renderAt("/sign-in?next=%2Fw%2Ftea-house%2Faudiences%2F3", routes);
    await fillIn(user);
    expect(await screen.findByText("里面")).toBeVisible();
    expect(address()).toBe("/w/tea-house/audiences/3");
  });

  it("never leads to an address of somebody else", async () => {
    server.use(answer("get", "/api/v1/me", me()));
    const { address } = renderAt("/sign-in?next=%2F%2Fevil.example", routes);
    expect(await screen.findByText("里面")).toBeVisible();
    expect(address()).toBe("/");
  });

  it("says what the server says when guesses are too many, and stays", async () => {
    server.use(stranger(), refuse("post", "/api/v1/auth/sign-in", { status: 429, code: "workspaces.too_many_attempts", detail: "密码错得太多了。12 分钟后再试。" }));
    const { user } = renderAt("/sign-in", routes);
    await fillIn(user);
    expect(await screen.findByRole("alert")).toHaveTextContent("密码错得太多了。12 分钟后再试。");
    expect(screen.getByLabelText("邮箱")).toHaveValue("ahua@example.com");
  });

  it("asks for the code where the account does, and sends it with the password", async () => {
    server.use(stranger(), refuse("post", "/api/v1/auth/sign-in", { status: 401, code: "workspaces.second_factor_needed", detail: "请输入验证码。" }));
    const { user } = renderAt("/sign-in", routes);
    await fillIn(user);
    const code = await screen.findByLabelText("验证码");
    let sent: unknown;
    server.use(
      answer("post", "/api/v1/auth/sign-in", ({ body }) => {
        sent = body;
        return { user_id: 7, must_change_password: false };
      }),
    );
    await user.type(code, "123456");
    await user.click(screen.getByRole("button", { name: "继续" }));
    expect(await screen.findByText("里面")).toBeVisible();
    expect(sent).toEqual({ email: "ahua@example.com", password: "tea-house-2026", code: "123456" });
  });

  it("asks for one's own password right after the one that was handed out", async () => {
    const handedOut = answer("get", "/api/v1/me", me({ user: { must_change_password: true } }));
    server.use(
      stranger(),
      answer("post", "/api/v1/auth/sign-in", () => {
        server.use(handedOut);
        return { user_id: 7, must_change_password: true };
      }),
    );
    const { user } = renderAt("/sign-in", routes);
    await fillIn(user);
    expect(await screen.findByRole("heading", { name: "设置自己的密码" })).toBeVisible();
  });

  it("goes nowhere before a password that was handed out is replaced", async () => {
    server.use(answer("get", "/api/v1/me", me({ user: { must_change_password: true } })), answer("post", "/api/v1/me/password", null));
    const { user } = renderAt("/sign-in", routes);
    await user.type(await screen.findByLabelText("当前密码"), "one-time");
    await user.type(screen.getByLabelText("新密码"), "my-own-long-one");
    server.use(answer("get", "/api/v1/me", me()));
    await user.click(screen.getByRole("button", { name: "改用新密码" }));
    expect(await screen.findByText("里面")).toBeVisible();
  });
});
