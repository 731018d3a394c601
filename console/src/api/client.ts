import createClient, { type Middleware } from "openapi-fetch";

import { currentSpeech } from "@/i18n/store";

import { Offline, refusalOf } from "./refusal";
import type { paths } from "./schema";
import { currentWorkspace } from "./session";

const WRITES = new Set(["POST", "PUT", "PATCH", "DELETE"]);

export function cookie(name: string): string {
  const found = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

/** Headers every request carries: the reader's language, the workspace, and proof that it is ours. */
export function ourHeaders(method: string): Record<string, string> {
  const headers: Record<string, string> = {
    "Accept-Language": currentSpeech().language === "en-US" ? "en" : "zh-CN",
  };
  if (currentWorkspace()) headers["X-Workspace"] = currentWorkspace();
  if (WRITES.has(method)) headers["X-CSRFToken"] = cookie("yutang_csrf");
  return headers;
}

const dressed: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(ourHeaders(request.method))) {
      if (!request.headers.has(name)) request.headers.set(name, value);
    }
    return request;
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === "AbortError") return error;
    return new Offline();
  },
};

export const client = createClient<paths>({
  baseUrl: location.origin,
  credentials: "same-origin",
  fetch: (request) => fetch(request),
});
client.use(dressed);

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Return the answer, or throw the server's `Refusal`. */
export async function unwrap<T>(asked: Promise<Answered<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await asked;
  if (!response.ok) throw refusalOf(response.status, error);
  if (data === undefined || data === null) throw refusalOf(response.status, null);
  return data;
}

/** Wait for a write that answers with nothing. */
export async function settle(asked: Promise<Answered<unknown>>): Promise<void> {
  const { error, response } = await asked;
  if (!response.ok) throw refusalOf(response.status, error);
}
