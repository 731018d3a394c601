import { CheckOutlined } from "@ant-design/icons";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { RowsSkeleton } from "@/ui/Skeleton";

import "./roles.css";
import { useRoles } from "./settingsApi";

/** The permission table, as the server has it. */
export function RolesPage() {
  const t = useT();
  const table = useRoles();
  return (
    <Page title={t("settings.roles")} answer={t("settings.rolesAnswer")}>
      <Panel flush>
        <Answered query={table} skeleton={<RowsSkeleton rows={14} />}>
          {(found) => <PermissionTable table={found} />}
        </Answered>
      </Panel>
    </Page>
  );
}

function PermissionTable({ table }: { table: components["schemas"]["RolesOut"] }) {
  const t = useT();
  return (
    <div className="permissions" role="region" aria-label={t("settings.roles")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("settings.permission")}</th>
            {table.roles.map((each) => (
              <th key={each.role} scope="col">
                {each.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.permissions.map((permission) => (
            <tr key={permission.name}>
              <th scope="row">
                {permission.label}
                <code className="faint">{permission.name}</code>
              </th>
              {table.roles.map((role) => (
                <td key={role.role}>
                  {role.permissions.includes(permission.name) ? (
                    <CheckOutlined aria-label={t("settings.may")} role="img" />
                  ) : (
                    <span className="faint" role="img" aria-label={t("settings.mayNot")}>
                      ·
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
