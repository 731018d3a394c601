import type { ReactNode } from "react";

import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Consequence } from "@/ui/Consequence";

import type { Audience } from "./audiencesApi";
import type { Condition } from "./condition";
import { useFill, useFillEffect } from "./fillApi";

interface FillProps {
  list: Audience;
  /** Null while it is still to be chosen. */
  condition: Condition | null;
  children?: ReactNode;
  onDone: () => void;
  onClose: () => void;
}

/** A list is filled: who comes and who goes is said before it is done. */
export function FillDialog({ list, condition, children, onDone, onClose }: FillProps) {
  const t = useT();
  const effect = useFillEffect(list, condition);
  const fill = useFill(list.id);
  const counts = condition === null ? undefined : effect.data;
  const changes = counts !== undefined && counts.coming + counts.going > 0;
  return (
    <Consequence
      open
      title={t("audiences.fillTitle", { name: list.name })}
      act={changes ? t("audiences.fillAct", { n: whole(counts.all) }) : t("audiences.fill")}
      harmful={changes && counts.going > 0}
      ready={changes}
      busy={fill.isPending}
      error={fill.error}
      onAct={() => { if (condition) fill.mutate(condition, { onSuccess: onDone }); }}
      onClose={onClose}
    >
      {children}
      {condition !== null && (
        <Answered query={effect}>
          {(said) => (
            <p className="tabular" role="status">
              {said.coming + said.going === 0
                ? t("audiences.fillSame", { n: whole(said.all) })
                : t("audiences.fillEffect", { n: whole(said.all), coming: whole(said.coming), going: whole(said.going), staying: whole(said.staying) })}
            </p>
          )}
        </Answered>
      )}
      <p className="small faint">{t("audiences.fillHint")}</p>
    </Consequence>
  );
}
