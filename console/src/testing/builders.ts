import type { Me } from "@/api/member";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export const teaHouse: Schemas["WorkspaceOut"] = { id: 1, name: "茶馆", slug: "tea-house", time_zone: "Asia/Shanghai", is_demo: false };
export const coffeeHouse: Schemas["WorkspaceOut"] = { id: 2, name: "Coffee House", slug: "coffee-house", time_zone: "Asia/Shanghai", is_demo: false };

const everything = [
  "customers.read", "customers.write", "customers.unmask", "customers.export", "customers.erase", "customers.merge", "tags.read", "tags.write",
  "audiences.read", "audiences.write", "audiences.export", "events.read", "events.write", "catalogue.write", "imports.read", "imports.write",
  "staff.read", "staff.write", "members.write", "keys.write", "audit.read", "jobs.read", "settings.write", "webhooks.write",
  "reach.read", "reach.write", "reach.approve", "policy.write", "channels.write", "journeys.read", "journeys.write", "journeys.activate", "wecom.read", "wecom.write",
  "guides.read", "guides.write", "chats.read", "transfers.read", "transfers.write",
];

/** 阿华, owner of the tea house, unless said otherwise. */
export function me(changes: { user?: Partial<Me["user"]>; workspace?: Schemas["WorkspaceOut"]; permissions?: string[] } = {}): Me {
  const workspace = changes.workspace ?? teaHouse;
  return {
    user: { id: 7, email: "ahua@example.com", name: "阿华", language: "zh", must_change_password: false, has_second_factor: false, ...changes.user },
    memberships: [
      { workspace: teaHouse, role: "owner", scope: "all" },
      { workspace: coffeeHouse, role: "operator", scope: "all" },
    ],
    current: { workspace, role: "owner", permissions: changes.permissions ?? everything, scope: { kind: "all", staff_count: 0, store_count: 0 } },
    csrf_token: "token",
  };
}

export function page<T>(...items: T[]): { items: T[]; next: null } {
  return { items, next: null };
}
