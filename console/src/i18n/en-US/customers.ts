import type { Messages } from "../messages";

export const customers: Messages["customers"] = {
  title: "Customers",
};
