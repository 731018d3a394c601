import { Form, Input, Select, Switch } from "antd";
import { useState } from "react";

import { Refusal } from "@/api/refusal";
import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Consequence } from "@/ui/Consequence";
import { DialogForm } from "@/ui/DialogForm";

import { ColourSelect } from "./ColourSelect";
import { OwnerSelect } from "./OwnerSelect";
import { useSaveGroup, type TagGroup } from "./tagsApi";
import { kinds, kindWords } from "./words";

type Filled = components["schemas"]["GroupIn"];

/** A group is made, or changed; what it would take from customers is asked first. */
export function GroupDialog({ group, onClose }: { group: TagGroup | null; onClose: () => void }) {
  const t = useT();
  const save = useSaveGroup(group?.id ?? null);
  const [overlapping, setOverlapping] = useState<Filled | null>(null);
  const submit = (filled: Filled, overlaps: "refuse" | "keep_newest" = "refuse") => {
    save.mutate(
      { ...filled, overlaps },
      {
        onSuccess: onClose,
        onError: (error) => {
          if (error instanceof Refusal && error.code === "tags.tags_overlap") setOverlapping(filled);
        },
      },
    );
  };
  if (overlapping) {
    const count = save.error instanceof Refusal ? Number(save.error.params["count"] ?? 0) : 0;
    return (
      <Consequence
        open
        harmful
        title={t("tags.overlapsTitle", { n: whole(count) })}
        act={t("tags.overlapsAct", { n: whole(count) })}
        busy={save.isPending}
        onAct={() => { submit(overlapping, "keep_newest"); }}
        onClose={onClose}
      >
        <p>{t("tags.overlapsHint")}</p>
      </Consequence>
    );
  }
  return (
    <DialogForm<Filled>
      title={group ? t("tags.editGroup") : t("tags.newGroup")}
      initialValues={group ?? { name: "", kind: "other", colour: "teal", note: "", is_exclusive: false, owner_id: null }}
      onFinish={(filled) => { submit(filled); }}
      onClose={onClose}
      busy={save.isPending}
      error={save.error}
    >
      <Form.Item name="name" label={t("common.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input autoFocus maxLength={60} />
      </Form.Item>
      <Form.Item name="kind" label={t("tags.kind")}>
        <Select options={kinds.map((each) => ({ value: each, label: t(kindWords[each]) }))} />
      </Form.Item>
      <Form.Item name="colour" label={t("tags.colour")}>
        <ColourSelect />
      </Form.Item>
      <Form.Item name="is_exclusive" label={t("tags.exclusive")} valuePropName="checked" extra={t("tags.exclusiveHint")}>
        <Switch />
      </Form.Item>
      <Form.Item name="owner_id" label={t("tags.owner")}>
        <OwnerSelect called={group?.owner_name ?? null} />
      </Form.Item>
      <Form.Item name="note" label={t("tags.note")}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
    </DialogForm>
  );
}
