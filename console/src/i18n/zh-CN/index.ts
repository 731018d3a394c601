import { account } from "./account";
import { audiences } from "./audiences";
import { common } from "./common";
import { customers } from "./customers";
import { settings } from "./settings";
import { shell } from "./shell";
import { tags } from "./tags";
import { today } from "./today";

/** Chinese is the source: every other language has exactly these sentences. */
export const zhCN = {
  account,
  audiences,
  common,
  customers,
  settings,
  shell,
  tags,
  today,
};
