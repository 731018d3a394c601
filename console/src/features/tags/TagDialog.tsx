import { Form, Input, InputNumber, Select } from "antd";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";

import { ColourSelect } from "./ColourSelect";
import { OwnerSelect } from "./OwnerSelect";
import { useSaveTag, type Tag, type TagGroup } from "./tagsApi";

type Filled = components["schemas"]["TagIn"];

/** A tag is made, or changed. */
export function TagDialog({ tag, groups, groupId, onClose }: { tag: Tag | null; groups: TagGroup[]; groupId: number | null; onClose: () => void }) {
  const t = useT();
  const save = useSaveTag(tag?.id ?? null);
  const first = groupId ?? groups[0]?.id;
  return (
    <DialogForm<Filled>
      title={tag ? t("tags.editTag") : t("tags.newTag")}
      initialValues={
        tag
          ? { name: tag.name, group_id: tag.group_id, colour: tag.own_colour, note: tag.note, default_days: tag.default_days, owner_id: tag.owner_id }
          : { name: "", group_id: first, colour: "", note: "", default_days: null, owner_id: null }
      }
      onFinish={(filled) => { save.mutate(filled, { onSuccess: onClose }); }}
      onClose={onClose}
      busy={save.isPending}
      error={save.error}
    >
      <Form.Item name="name" label={t("common.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input autoFocus maxLength={60} />
      </Form.Item>
      <Form.Item name="group_id" label={t("tags.group")}>
        <Select showSearch={{ optionFilterProp: "label" }} options={groups.map((each) => ({ value: each.id, label: each.name }))} />
      </Form.Item>
      <Form.Item name="colour" label={t("tags.colour")}>
        <ColourSelect inherits />
      </Form.Item>
      <Form.Item name="default_days" label={t("tags.days")} extra={t("tags.daysHint")}>
        <InputNumber min={1} max={3650} precision={0} suffix={t("tags.daysUnit")} placeholder={t("tags.forever")} style={{ width: 180 }} />
      </Form.Item>
      <Form.Item name="owner_id" label={t("tags.owner")}>
        <OwnerSelect called={tag?.owner_name ?? null} />
      </Form.Item>
      <Form.Item name="note" label={t("tags.note")}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} placeholder={t("tags.noteHint")} />
      </Form.Item>
    </DialogForm>
  );
}
