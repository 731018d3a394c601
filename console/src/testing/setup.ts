import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";

import { sayAll, speak } from "@/i18n/store";

import { server } from "./server";

// A busy machine is not a broken console; and a refusal to find something need not print the page.
configure({ asyncUtilTimeout: 10_000, getElementError: (message) => new Error(message?.split("\n\n")[0] ?? "not found") });

// What jsdom lacks and the console's parts ask for.
Object.defineProperty(window, "matchMedia", {
  value: (query: string) => ({
    // Nothing moves in tests: they need not wait for it.
    matches: query.includes("reduced-motion"),
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }),
});
window.scrollTo = () => undefined;
// Asked how a scroll bar looks, jsdom complains at length: it draws none. The element itself is near enough.
const styleOf = window.getComputedStyle.bind(window);
window.getComputedStyle = (element) => styleOf(element);
Element.prototype.scrollIntoView = () => undefined;
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {
      return undefined;
    }
    unobserve() {
      return undefined;
    }
    disconnect() {
      return undefined;
    }
  },
);

beforeAll(() => {
  server.listen({ onUnhandledRequest: "error" });
});
beforeEach(async () => {
  await sayAll();
  await speak("zh-CN");
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
});
afterAll(() => {
  server.close();
});
