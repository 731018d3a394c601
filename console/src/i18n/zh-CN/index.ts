import { account } from "./account";
import { audiences } from "./audiences";
import { builder } from "./builder";
import { common } from "./common";
import { customers } from "./customers";
import { events } from "./events";
import { fields } from "./fields";
import { imports } from "./imports";
import { settings } from "./settings";
import { shell } from "./shell";
import { tags } from "./tags";
import { today } from "./today";
import { tracking } from "./tracking";

/** Chinese is the source: every other language has exactly these sentences. */
export const zhCN = {
  account,
  audiences,
  builder,
  common,
  customers,
  events,
  fields,
  imports,
  settings,
  shell,
  tags,
  today,
  tracking,
};
