import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";

import { OrderDialog } from "./OrderDialog";
import { useOrderTags, useTags, type TagGroup } from "./tagsApi";

/** The order of a group's tags: all of them, however many pages that is. */
export function TagOrder({ group, onClose }: { group: TagGroup; onClose: () => void }) {
  const t = useT();
  const tags = useTags({ group_id: group.id, search: "", archived: false });
  const save = useOrderTags(group.id);
  if (tags.hasNextPage && !tags.isFetchingNextPage) void tags.fetchNextPage();
  return (
    <OrderDialog
      title={t("tags.order")}
      things={tags.data && !tags.hasNextPage ? itemsOf(tags) : undefined}
      error={save.error ?? tags.error}
      busy={save.isPending}
      onSave={(ids) => { save.mutate(ids, { onSuccess: onClose }); }}
      onClose={onClose}
    />
  );
}
