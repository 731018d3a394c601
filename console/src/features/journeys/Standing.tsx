import { useT } from "@/i18n";
import { whole } from "@/i18n/format";

import { useHealth, type Journey } from "./journeysApi";

/** How it stands with a journey: who is inside, who is stuck. */
export function Standing({ journey }: { journey: Journey }) {
  const t = useT();
  const live = journey.state === "active" || journey.state === "paused";
  const health = useHealth(journey.id, live).data;
  if (!live || !health) return t(journey.state === "ended" ? "journeys.endedAnswer" : "journeys.draftAnswer");
  const trouble = [health.held > 0 && t("journeys.heldAnswer", { n: whole(health.held) }), health.overdue > 0 && t("journeys.overdueAnswer", { n: whole(health.overdue) })].filter(Boolean).join(" ");
  return (
    <>
      {t(journey.state === "paused" ? "journeys.pausedAnswer" : "journeys.activeAnswer", { inside: whole(health.inside), entered: whole(health.entered_last_day), done: whole(health.done_last_day) })}
      {trouble && <span className="harm"> {trouble}</span>}
    </>
  );
}
