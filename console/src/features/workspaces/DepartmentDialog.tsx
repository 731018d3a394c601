import { Button, Form, Input, Select } from "antd";

import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";

import { departmentsOf } from "./orgWords";
import { useRemoveDepartment, useSaveDepartment, useTree } from "./settingsApi";

/** A department is made, renamed, moved or removed. */
export function DepartmentDialog({ department, parent, onClose }: { department?: { id: number; name: string }; parent: number | null; onClose: () => void }) {
  const t = useT();
  const save = useSaveDepartment(department?.id ?? null);
  const remove = useRemoveDepartment();
  const above = departmentsOf(useTree().data).filter((each) => each.value !== department?.id);
  return (
    <DialogForm<{ name: string; parent_id: number | null }>
      title={department ? department.name : t("settings.addDepartment")}
      initialValues={{ name: department?.name, parent_id: parent }}
      onFinish={(body) => { save.mutate(body, { onSuccess: onClose }); }}
      onClose={onClose}
      busy={save.isPending || remove.isPending}
      error={save.error ?? remove.error}
      extra={
        department && (
          <Button danger type="text" title={t("settings.moveOrDelete")} onClick={() => { remove.mutate(department.id, { onSuccess: onClose }); }}>
            {t("common.delete")}
          </Button>
        )
      }
    >
      <Form.Item name="name" label={t("common.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item name="parent_id" label={t("settings.parentDepartment")}>
        <Select showSearch={{ optionFilterProp: "label" }} options={[{ value: null, label: t("settings.topLevel") }, ...above]} />
      </Form.Item>
    </DialogForm>
  );
}
