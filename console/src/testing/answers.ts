import { http, HttpResponse, type HttpHandler } from "msw";

import type { paths } from "@/api/schema";

type Method = "get" | "post" | "patch" | "put" | "delete";
type PathsWith<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never }[keyof paths];
type Success<R> = R extends { 200: { content: { "application/json": infer B } } } ? B : R extends { 201: { content: { "application/json": infer B } } } ? B : R extends { 202: { content: { "application/json": infer B } } } ? B : null;
type Body<M extends Method, P extends keyof paths> = paths[P] extends Record<M, { responses: infer R }> ? Success<R> : never;

/** The server answers this, as the schema says it can; a function sees what was asked. */
export function answer<M extends Method, P extends PathsWith<M>>(method: M, path: P, body: Body<M, P> | ((asked: Asked) => Body<M, P> | Promise<Body<M, P>>)): HttpHandler {
  return http[method](address(path), async ({ request, params }) => {
    const sent: unknown = request.method === "GET" || request.method === "DELETE" ? null : await request.clone().json().catch(() => null);
    const asked: Asked = { url: new URL(request.url), headers: request.headers, params, body: sent };
    const said = body instanceof Function ? await body(asked) : body;
    return said === null ? new HttpResponse(null, { status: 204 }) : HttpResponse.json(said);
  });
}

export interface Asked {
  url: URL;
  headers: Headers;
  params: Record<string, string | readonly string[] | undefined>;
  body: unknown;
}

/** The server refuses, with its sentence. */
export function refuse<M extends Method>(method: M, path: PathsWith<M>, problem: { status: number; code: string; detail: string; params?: Record<string, unknown>; errors?: { field: string; message: string; came: string | null }[] }): HttpHandler {
  return http[method](address(path), () =>
    HttpResponse.json(
      { type: `urn:yutang:problem:${problem.code}`, title: problem.code, params: {}, errors: [], ...problem },
      { status: problem.status, headers: { "Content-Type": "application/problem+json" } },
    ),
  );
}

function address(path: unknown): string {
  return `*${String(path).replace(/\{(\w+)\}/g, ":$1")}`;
}
