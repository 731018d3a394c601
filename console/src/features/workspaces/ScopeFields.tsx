import { Form, Select } from "antd";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";

import { departmentsOf, storesOf } from "./orgWords";
import { scopes, scopeWords } from "./scopeWords";
import { useTree } from "./settingsApi";

/** Whose customers a member sees; the place, where the kind has one. */
export function ScopeFields() {
  const t = useT();
  const tree = useTree();
  const kind: unknown = Form.useWatch(["scope", "kind"]);
  const own = { value: null, label: t("settings.ownStaffPlace") };
  const places: { value: number | null; label: string }[] = kind === "department" ? departmentsOf(tree.data) : storesOf(tree.data);
  return (
    <>
      <Form.Item name={["scope", "kind"]} label={t("settings.memberScope")}>
        <Select options={scopes.map((scope: components["schemas"]["ScopeKind"]) => ({ value: scope, label: t(scopeWords[scope]) }))} />
      </Form.Item>
      {(kind === "department" || kind === "store") && (
        <Form.Item name={["scope", kind === "department" ? "department_id" : "store_id"]} label={kind === "department" ? t("settings.memberDepartment") : t("settings.memberStore")}>
          <Select placeholder={own.label} options={[own, ...places]} showSearch={{ optionFilterProp: "label" }} loading={tree.isPending} />
        </Form.Item>
      )}
    </>
  );
}
