import type { Role } from "@/api/member";

import { useRoles } from "./settingsApi";

/** What a role is called; the server's word. */
export function useRoleLabel(): (role: Role) => string {
  const table = useRoles();
  return (role) => table.data?.roles.find((each) => each.role === role)?.label ?? "";
}
