import { beforeEach, describe, expect, it } from "vitest";

import { answer, refuse } from "@/testing/answers";
import { me } from "@/testing/builders";
import { server } from "@/testing/server";
import { speak } from "@/i18n/store";

import { client, unwrap } from "./client";
import { Refusal } from "./refusal";
import { workInside } from "./session";

describe("the client", () => {
  beforeEach(() => {
    workInside("12");
  });

  it("names the workspace, the language and the token of the page", async () => {
    document.cookie = "yutang_csrf=secret";
    let headers = new Headers();
    server.use(
      answer("patch", "/api/v1/me", (asked) => {
        headers = asked.headers;
        return me().user;
      }),
    );
    await speak("en-US");
    await unwrap(client.PATCH("/api/v1/me", { body: { name: "阿华" }, signal: new AbortController().signal }));
    expect([headers.get("X-Workspace"), headers.get("Accept-Language"), headers.get("X-CSRFToken")]).toEqual(["12", "en", "secret"]);
  });

  it("throws what the server refused, in the server's words", async () => {
    server.use(refuse("get", "/api/v1/me", { status: 422, code: "config.not_as_expected", detail: "有 1 处不符。", errors: [{ field: "name", message: "应该是文字", came: null }] }));
    const refused: unknown = await unwrap(client.GET("/api/v1/me")).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({ code: "config.not_as_expected", message: "有 1 处不符。", errors: [{ field: "name" }] });
  });
});
