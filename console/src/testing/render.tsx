import { render, type RenderResult } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { createMemoryRouter, type RouteObject } from "react-router";

import { newQueryClient } from "@/api/query";

import { Stand } from "./Stand";

/** Draw these routes at an address, with everything a screen stands on. */
export function renderAt(address: string, routes: RouteObject[]): RenderResult & { user: UserEvent; address: () => string } {
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  const drawn = render(<Stand router={router} queryClient={newQueryClient()} />);
  return { ...drawn, user: userEvent.setup(), address: () => router.state.location.pathname + router.state.location.search };
}
