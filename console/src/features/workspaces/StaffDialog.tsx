import { Form, Input, Select, Switch } from "antd";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";

import type { Place } from "./OrgTree";
import { departmentsOf, storesOf } from "./orgWords";
import { useSaveStaff, useTree } from "./settingsApi";

interface Filled {
  name: string;
  code: string;
  department_id: number | null;
  store_ids: number[];
  is_active: boolean;
}

/** Someone who looks after customers: added, moved, stopped. */
export function StaffDialog({ staff, place, onClose }: { staff?: components["schemas"]["StaffOut"]; place: Place; onClose: () => void }) {
  const t = useT();
  const tree = useTree();
  const save = useSaveStaff(staff?.id ?? null);
  const first: Partial<Filled> = staff
    ? { name: staff.name, code: staff.code, department_id: staff.department_id, store_ids: staff.store_ids, is_active: staff.is_active }
    : { code: "", department_id: place.department, store_ids: place.store ? [place.store] : [], is_active: true };
  return (
    <DialogForm<Filled>
      title={staff ? staff.name : t("settings.addStaff")}
      initialValues={first}
      onFinish={(body) => { save.mutate(body, { onSuccess: onClose }); }}
      onClose={onClose}
      busy={save.isPending}
      error={save.error}
    >
      <Form.Item name="name" label={t("settings.memberName")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item name="code" label={t("settings.staffCode")}>
        <Input maxLength={64} />
      </Form.Item>
      <Form.Item name="department_id" label={t("settings.department")}>
        <Select showSearch={{ optionFilterProp: "label" }} options={[{ value: null, label: t("settings.noDepartment") }, ...departmentsOf(tree.data)]} />
      </Form.Item>
      <Form.Item name="store_ids" label={t("settings.staffStores")}>
        <Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={storesOf(tree.data)} />
      </Form.Item>
      {staff && (
        <Form.Item name="is_active" label={t("settings.inUse")} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
    </DialogForm>
  );
}
