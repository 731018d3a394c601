import type { Messages } from "../messages";

import { account } from "./account";
import { builder } from "./builder";
import { common } from "./common";
import { customers } from "./customers";
import { imports } from "./imports";
import { settings } from "./settings";
import { shell } from "./shell";
import { tags } from "./tags";
import { tracking } from "./tracking";

export const enUS: Messages = {
  account,
  builder,
  common,
  customers,
  imports,
  settings,
  shell,
  tags,
  tracking,
};
