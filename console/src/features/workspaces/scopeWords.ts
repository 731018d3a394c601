import type { components } from "@/api/schema";
import type { MessageKey } from "@/i18n";

type ScopeKind = components["schemas"]["ScopeKind"];

export const scopeWords: Record<ScopeKind, MessageKey> = {
  all: "settings.scopeAll",
  department: "settings.scopeDepartment",
  store: "settings.scopeStore",
  own: "settings.scopeOwn",
};
export const scopes = ["all", "department", "store", "own"] as const;
