import { useT } from "@/i18n";

import { OrderDialog } from "./OrderDialog";
import { useOrderGroups, type TagGroup } from "./tagsApi";

/** The order in which the groups stand, here and wherever a tag is chosen. */
export function GroupOrder({ groups, onClose }: { groups: TagGroup[]; onClose: () => void }) {
  const t = useT();
  const save = useOrderGroups();
  return <OrderDialog title={t("tags.orderGroups")} things={groups} error={save.error} busy={save.isPending} onSave={(ids) => { save.mutate(ids, { onSuccess: onClose }); }} onClose={onClose} />;
}
