import { ArrowDownOutlined, ArrowUpOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { useState } from "react";

import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";
import { TagChip } from "@/ui/TagChip";
import { useTagShade } from "@/ui/tagColours";

import { useOrderTags, useTags, type Tag, type TagGroup } from "./tagsApi";

/** The order of a group's tags, changed one step at a time, by mouse or keyboard. */
export function OrderDialog({ group, onClose }: { group: TagGroup; onClose: () => void }) {
  const t = useT();
  const tags = useTags({ group_id: group.id, search: "", archived: false });
  if (tags.hasNextPage && !tags.isFetchingNextPage) void tags.fetchNextPage();
  return (
    <Modal open title={t("tags.order")} onCancel={onClose} footer={null} closable={{ "aria-label": t("common.close") }}>
      <Refused error={tags.error} />
      {tags.data && !tags.hasNextPage ? <Order group={group} tags={itemsOf(tags)} onClose={onClose} /> : !tags.error && <BlockSkeleton />}
    </Modal>
  );
}

function Order({ group, tags, onClose }: { group: TagGroup; tags: Tag[]; onClose: () => void }) {
  const t = useT();
  const shade = useTagShade();
  const [order, setOrder] = useState(tags);
  const save = useOrderTags(group.id);
  const move = (from: number, to: number) => {
    const next = [...order];
    next.splice(to, 0, ...next.splice(from, 1));
    setOrder(next);
  };
  return (
    <div className="stack">
      <ol className="tag-order">
        {order.map((each, place) => (
          <li key={each.id}>
            <span className="grow">
              <TagChip colour={shade(each.colour)}>{each.name}</TagChip>
            </span>
            <Button size="small" type="text" icon={<ArrowUpOutlined />} disabled={place === 0} aria-label={t("tags.moveUp", { name: each.name })} onClick={() => { move(place, place - 1); }} />
            <Button size="small" type="text" icon={<ArrowDownOutlined />} disabled={place === order.length - 1} aria-label={t("tags.moveDown", { name: each.name })} onClick={() => { move(place, place + 1); }} />
          </li>
        ))}
      </ol>
      <Refused error={save.error} />
      <div className="row" style={{ justifyContent: "flex-end" }}>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={save.isPending} onClick={() => { save.mutate(order.map((each) => each.id), { onSuccess: onClose }); }}>
          {t("common.save")}
        </Button>
      </div>
    </div>
  );
}
