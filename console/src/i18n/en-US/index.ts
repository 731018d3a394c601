import type { First } from "../messages";

import { account } from "./account";
import { audiences } from "./audiences";
import { common } from "./common";
import { customers } from "./customers";
import { settings } from "./settings";
import { shell } from "./shell";
import { tags } from "./tags";
import { today } from "./today";

export const enUS: First = {
  account,
  audiences,
  common,
  customers,
  settings,
  shell,
  tags,
  today,
};
