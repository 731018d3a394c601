import type { Messages } from "../messages";

export const imports: Messages["imports"] = {
  title: "Imports",
};
