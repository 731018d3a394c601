import { InputNumber } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";
import { Refused } from "@/ui/Refused";

import { Labelled } from "../fields";
import { useSaveDraft, type Journey } from "../journeysApi";

/** What belongs to the journey and not to its picture: who is left alone, and who goes first. Saved when left. */
export function SettingsForm({ journey }: { journey: Journey }) {
  const t = useT();
  const save = useSaveDraft(journey.id);
  const [holdout, setHoldout] = useState<number | null>(Number(journey.holdout_percent));
  const [priority, setPriority] = useState<number | null>(journey.priority);
  const settle = () => {
    const changed = { ...(holdout !== null && holdout !== Number(journey.holdout_percent) ? { holdout_percent: holdout } : {}), ...(priority !== null && priority !== journey.priority ? { priority } : {}) };
    if (Object.keys(changed).length > 0) save.mutate(changed);
  };
  return (
    <div className="node-form" onBlur={settle}>
      <Labelled label={t("faces.holdout")}>
        <InputNumber aria-label={t("faces.holdout")} min={0} max={90} precision={2} value={holdout} onChange={setHoldout} onPressEnter={settle} style={{ width: 120 }} />
        <span className="small faint">{t("faces.holdoutHint")}</span>
      </Labelled>
      <Labelled label={t("faces.priority")}>
        <InputNumber aria-label={t("faces.priority")} min={-100} max={100} precision={0} value={priority} onChange={setPriority} onPressEnter={settle} style={{ width: 120 }} />
        <span className="small faint">{t("faces.priorityHint")}</span>
      </Labelled>
      <Refused error={save.error} />
    </div>
  );
}
