import { EllipsisOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Consequence } from "@/ui/Consequence";

import { GroupDialog } from "./GroupDialog";
import { TagOrder } from "./TagOrder";
import { useDeleteGroup, usePutAwayGroup, type TagGroup } from "./tagsApi";

/** What can be done with a group. */
export function GroupActions({ group }: { group: TagGroup }) {
  const t = useT();
  const [open, setOpen] = useState<"edit" | "order" | "archive" | "delete" | null>(null);
  const putAway = usePutAwayGroup(group.id);
  const remove = useDeleteGroup(group.id);
  const close = () => { setOpen(null); };
  const items = group.archived_at
    ? [{ key: "restore", label: t("tags.restore"), onClick: () => { putAway.mutate("restore"); } }]
    : [
        { key: "edit", label: t("tags.editGroup"), onClick: () => { setOpen("edit"); } },
        { key: "order", label: t("tags.order"), disabled: group.tags < 2, onClick: () => { setOpen("order"); } },
        { key: "archive", label: t("tags.archive"), onClick: () => { setOpen("archive"); } },
        ...(group.tags === 0 ? [{ key: "delete", danger: true, label: t("common.delete"), onClick: () => { setOpen("delete"); } }] : []),
      ];
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items }}>
        <Button icon={<EllipsisOutlined />} aria-label={t("common.actions")} />
      </Dropdown>
      {open === "edit" && <GroupDialog group={group} onClose={close} />}
      {open === "order" && <TagOrder group={group} onClose={close} />}
      <Consequence
        open={open === "archive"}
        title={t("tags.archiveTitle", { name: group.name })}
        act={t("tags.archiveAct", { name: group.name })}
        busy={putAway.isPending}
        error={putAway.error}
        onAct={() => { putAway.mutate("archive", { onSuccess: close }); }}
        onClose={close}
      >
        <p>{t("tags.archiveGroup", { n: whole(group.tags) })}</p>
      </Consequence>
      <Consequence
        open={open === "delete"}
        harmful
        title={t("tags.deleteTitle", { name: group.name })}
        act={t("tags.deleteTitle", { name: group.name })}
        busy={remove.isPending}
        error={remove.error}
        onAct={() => { remove.mutate(undefined, { onSuccess: close }); }}
        onClose={close}
      >
        <p>{t("tags.deleteHint")}</p>
      </Consequence>
    </>
  );
}
