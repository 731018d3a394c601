import { Form, Input, Select, Switch } from "antd";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";

import { departmentsOf } from "./orgWords";
import { useSaveStore, useTree } from "./settingsApi";

interface Filled {
  name: string;
  code: string;
  department_id: number | null;
  is_active: boolean;
}

/** A store is opened, changed, closed or reopened. */
export function StoreDialog({ store, department, onClose }: { store?: components["schemas"]["StoreNodeOut"]; department: number | null; onClose: () => void }) {
  const t = useT();
  const save = useSaveStore(store?.id ?? null);
  return (
    <DialogForm<Filled>
      title={store ? store.name : t("settings.addStore")}
      initialValues={{ name: store?.name, code: store?.code ?? "", department_id: department, is_active: store?.is_active ?? true }}
      onFinish={(body) => { save.mutate(body, { onSuccess: onClose }); }}
      onClose={onClose}
      busy={save.isPending}
      error={save.error}
    >
      <Form.Item name="name" label={t("common.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item name="code" label={t("settings.storeCode")}>
        <Input maxLength={64} />
      </Form.Item>
      <Form.Item name="department_id" label={t("settings.department")}>
        <Select showSearch={{ optionFilterProp: "label" }} options={[{ value: null, label: t("settings.noDepartment") }, ...departmentsOf(useTree().data)]} />
      </Form.Item>
      {store && (
        <Form.Item name="is_active" label={t("settings.inUse")} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
    </DialogForm>
  );
}
