import type { Role } from "@/api/member";
import type { components } from "@/api/schema";
import type { MessageKey } from "@/i18n";

type ScopeKind = components["schemas"]["ScopeKind"];

export const roleWords: Record<Role, MessageKey> = {
  owner: "settings.roleOwner",
  operator: "settings.roleOperator",
  analyst: "settings.roleAnalyst",
  guide: "settings.roleGuide",
  store_manager: "settings.roleStoreManager",
  developer: "settings.roleDeveloper",
};
export const roles = ["owner", "operator", "analyst", "guide", "store_manager", "developer"] as const;

export const scopeWords: Record<ScopeKind, MessageKey> = {
  all: "settings.scopeAll",
  department: "settings.scopeDepartment",
  store: "settings.scopeStore",
  own: "settings.scopeOwn",
};
export const scopes = ["all", "department", "store", "own"] as const;
