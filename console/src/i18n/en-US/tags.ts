import type { Messages } from "../messages";

export const tags: Messages["tags"] = {
  title: "Tags",
};
