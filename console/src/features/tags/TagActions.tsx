import { EllipsisOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Consequence } from "@/ui/Consequence";

import { MergeDialog } from "./MergeDialog";
import { TagDialog } from "./TagDialog";
import { useDeleteTag, useGroups, usePutAwayTag, type Tag } from "./tagsApi";

/** What can be done with a tag. */
export function TagActions({ tag }: { tag: Tag }) {
  const t = useT();
  const { path } = useMember();
  const navigate = useNavigate();
  const groups = useGroups();
  const [open, setOpen] = useState<"edit" | "merge" | "archive" | "delete" | null>(null);
  const putAway = usePutAwayTag(tag.id);
  const remove = useDeleteTag(tag.id);
  const close = () => { setOpen(null); };
  const gone = () => void navigate(path(`tags?group=${String(tag.group_id)}`), { replace: true });
  if (tag.merged_into_id !== null) return null;
  const items = tag.archived_at
    ? [{ key: "restore", label: t("tags.restore"), onClick: () => { putAway.mutate("restore"); } }]
    : [
        { key: "edit", label: t("tags.editTag"), onClick: () => { setOpen("edit"); } },
        { key: "merge", label: t("tags.merge"), onClick: () => { setOpen("merge"); } },
        { key: "archive", label: t("tags.archive"), onClick: () => { setOpen("archive"); } },
        ...(tag.last_used_at === null ? [{ key: "delete", danger: true, label: t("common.delete"), onClick: () => { setOpen("delete"); } }] : []),
      ];
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items }}>
        <Button icon={<EllipsisOutlined />} aria-label={t("common.actions")} />
      </Dropdown>
      {open === "edit" && <TagDialog tag={tag} groups={groups.data?.items ?? []} groupId={tag.group_id} onClose={close} />}
      {open === "merge" && <MergeDialog tag={tag} onClose={close} onMerged={(into) => void navigate(path(`tags/${String(into)}`), { replace: true })} />}
      <Consequence
        open={open === "archive"}
        title={t("tags.archiveTitle", { name: tag.name })}
        act={t("tags.archiveAct", { name: tag.name })}
        busy={putAway.isPending}
        error={putAway.error}
        onAct={() => { putAway.mutate("archive", { onSuccess: close }); }}
        onClose={close}
      >
        <p>{t("tags.archiveTag", { n: whole(tag.customers) })}</p>
      </Consequence>
      <Consequence
        open={open === "delete"}
        harmful
        title={t("tags.deleteTitle", { name: tag.name })}
        act={t("tags.deleteTitle", { name: tag.name })}
        busy={remove.isPending}
        error={remove.error}
        onAct={() => { remove.mutate(undefined, { onSuccess: gone }); }}
        onClose={close}
      >
        <p>{t("tags.deleteHint")}</p>
      </Consequence>
    </>
  );
}
