import type { ComponentType } from "react";

import { sayAll } from "@/i18n/store";

/** A screen of its own chunk, with the sentences the first screen does without. */
export function screen(load: () => Promise<ComponentType>) {
  return async () => {
    const [Component] = await Promise.all([load(), sayAll()]);
    return { Component };
  };
}
