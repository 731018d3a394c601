import { ApartmentOutlined, EllipsisOutlined, SettingOutlined, TagOutlined, UserOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { client, unwrap } from "@/api/client";
import { useMember } from "@/api/member";
import { useT, type MessageKey } from "@/i18n";
import { whole } from "@/i18n/format";

import { acquisitionSections, customerSections, reachSections, today } from "./sections";
import { settingsGroups } from "./settingsPages";
import { useActions } from "./useActions";

export interface Found {
  key: string;
  group: MessageKey;
  label: string;
  note?: string | null;
  icon: ReactNode;
  /** Where it is; or else what it does. */
  to?: string;
  run?: () => void;
}

const A_FEW = 6;

/** What ⌘K finds for these words: people and things of the server first, then places of the console, then what it can do. */
export function useFound(words: string): { found: Found[]; pending: boolean } {
  const customers = useCustomers(words);
  const audiences = useAudiences(words);
  const tags = useTags(words);
  const places = usePlaces(words);
  const actions = useActions(words);
  return {
    found: [...customers.found, ...audiences.found, ...tags.found, ...places, ...actions],
    pending: customers.pending || audiences.pending || tags.pending,
  };
}

function useCustomers(words: string) {
  const t = useT();
  const { path, may } = useMember();
  const query = useQuery({
    queryKey: ["finder", "customers", words],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/customers", { params: { query: { q: words, limit: A_FEW } }, signal }))).items,
    enabled: words !== "" && may("customers.read"),
  });
  const found = (query.data ?? []).map((each) => ({
    key: `customer-${String(each.id)}`,
    group: "shell.findCustomers" as const,
    label: each.name || t("common.unnamed", { id: each.id }),
    note: [each.city, each.phone].filter(Boolean).join(" · "),
    icon: <UserOutlined />,
    to: path(`customers/${String(each.id)}`),
  }));
  const further = found.length < A_FEW ? [] : [{ key: "customers-all", group: "shell.findCustomers" as const, label: t("shell.findAllCustomers", { words }), icon: <EllipsisOutlined />, to: path(`customers?q=${encodeURIComponent(words)}`) }];
  return { found: [...found, ...further], pending: query.isFetching };
}

function useAudiences(words: string) {
  const { path, may } = useMember();
  const query = useQuery({
    queryKey: ["finder", "audiences", words],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/audiences", { params: { query: { search: words, limit: A_FEW } }, signal }))).items,
    enabled: words !== "" && may("audiences.read"),
  });
  const found = (query.data ?? []).map((each) => ({
    key: `audience-${String(each.id)}`,
    group: "shell.findAudiences" as const,
    label: each.name,
    note: whole(each.count),
    icon: <ApartmentOutlined />,
    to: path(`audiences/${String(each.id)}`),
  }));
  return { found, pending: query.isFetching };
}

function useTags(words: string) {
  const { path, may } = useMember();
  const query = useQuery({
    queryKey: ["finder", "tags", words],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/tags", { params: { query: { search: words, limit: A_FEW } }, signal }))).items,
    enabled: words !== "" && may("tags.read"),
  });
  const found = (query.data ?? []).map((each) => ({
    key: `tag-${String(each.id)}`,
    group: "shell.findTags" as const,
    label: each.name,
    icon: <TagOutlined />,
    to: path(`tags/${String(each.id)}`),
  }));
  return { found, pending: query.isFetching };
}

function usePlaces(words: string): Found[] {
  const t = useT();
  const { path, may } = useMember();
  const sections = [today, ...customerSections, ...reachSections, ...acquisitionSections]
    .filter((each) => !each.permission || may(each.permission))
    .map((each) => ({ key: each.path, group: "shell.findPages" as const, label: t(each.label), icon: each.icon, to: path(each.path) }));
  const settings = settingsGroups
    .flatMap((group) => group.pages)
    .filter((each) => !each.permission || may(each.permission))
    .map((each) => ({ key: `settings-${each.path}`, group: "shell.findPages" as const, label: `${t("shell.settings")} · ${t(each.label)}`, icon: <SettingOutlined />, to: path(`settings/${each.path}`) }));
  const wanted = words.toLowerCase();
  if (!wanted) return [...sections, { key: "settings", group: "shell.findPages" as const, label: t("shell.settings"), icon: <SettingOutlined />, to: path("settings") }];
  return [...sections, ...settings].filter((each) => each.label.toLowerCase().includes(wanted) || each.key.replace("settings-", "").startsWith(wanted)).slice(0, 8);
}
