import { useT } from "@/i18n";
import { Consequence } from "@/ui/Consequence";

import { useUndoMerge, type Merge } from "./personApi";

/** One customer becomes two again; what that means, before it is done. */
export function UndoMerge({ merge, onClose }: { merge: Merge; onClose: () => void }) {
  const t = useT();
  const undo = useUndoMerge();
  return (
    <Consequence open harmful title={t("customers.undoTitle", { id: merge.loser_id })} act={t("customers.undoAct")} busy={undo.isPending} error={undo.error} onAct={() => { undo.mutate(merge.id, { onSuccess: onClose }); }} onClose={onClose}>
      <p>{t("customers.undoHint")}</p>
    </Consequence>
  );
}
