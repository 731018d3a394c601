import { setupServer } from "msw/node";

/** The server of the tests. Each test says what it answers: `server.use(answer("get", "/api/v1/me", me()))`. */
export const server = setupServer();
