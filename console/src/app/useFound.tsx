import { SettingOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";

import { useMember } from "@/api/member";
import { useT, type MessageKey } from "@/i18n";

import { customerSections, today } from "./sections";
import { settingsGroups } from "./settingsPages";

export interface Found {
  key: string;
  group: MessageKey;
  label: string;
  note?: string | null;
  icon: ReactNode;
  to: string;
}

/** What ⌘K finds for these words: people and things of the server first, then places of the console. */
export function useFound(words: string): { found: Found[]; pending: boolean } {
  const places = usePlaces(words);
  return { found: places, pending: false };
}

function usePlaces(words: string): Found[] {
  const t = useT();
  const { path, may } = useMember();
  const sections = [today, ...customerSections]
    .filter((each) => !each.permission || may(each.permission))
    .map((each) => ({ key: each.path, group: "shell.findPages" as const, label: t(each.label), icon: each.icon, to: path(each.path) }));
  const settings = settingsGroups
    .flatMap((group) => group.pages)
    .filter((each) => !each.permission || may(each.permission))
    .map((each) => ({ key: `settings-${each.path}`, group: "shell.findPages" as const, label: `${t("shell.settings")} · ${t(each.label)}`, icon: <SettingOutlined />, to: path(`settings/${each.path}`) }));
  const wanted = words.toLowerCase();
  return [...sections, ...settings].filter((each) => each.label.toLowerCase().includes(wanted)).slice(0, wanted ? 8 : 20);
}
