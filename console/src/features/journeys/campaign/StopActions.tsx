import { Button } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Consequence } from "@/ui/Consequence";
import { Refused } from "@/ui/Refused";

import { useTurn, type Journey } from "../journeysApi";
import { openOf, standingOf, tallyOf, type Progress } from "./standing";

/** Pause, go on, cancel: nothing more leaves from the moment it answers. */
export function StopActions({ journey, progress }: { journey: Journey; progress: Progress }) {
  const t = useT();
  const { may } = useMember();
  const turn = useTurn(journey.id);
  const [asking, setAsking] = useState(false);
  const standing = standingOf(journey, progress);
  if (!may("journeys.activate") || ["draft", "cancelled", "done", "missed"].includes(standing)) return null;
  const open = openOf(tallyOf(progress));
  return (
    <>
      {journey.state === "active" && <Button loading={turn.isPending && turn.variables === "pause"} onClick={() => { turn.mutate("pause"); }}>{t("campaigns.pause")}</Button>}
      {journey.state === "paused" && <Button type="primary" loading={turn.isPending && turn.variables === "resume"} onClick={() => { turn.mutate("resume"); }}>{t("campaigns.resume")}</Button>}
      <Button danger type="text" onClick={() => { setAsking(true); }}>{t("campaigns.cancel")}</Button>
      {!asking && <Refused error={turn.error} />}
      <Consequence
        open={asking}
        title={t("campaigns.cancelTitle", { name: journey.name })}
        act={open > 0 ? t("campaigns.cancelAct", { n: whole(open) }) : t("campaigns.cancelActAll")}
        harmful
        busy={turn.isPending}
        error={turn.error}
        onAct={() => { turn.mutate("end", { onSuccess: () => { setAsking(false); } }); }}
        onClose={() => { setAsking(false); }}
      >
        <p>{open > 0 ? t("campaigns.cancelWhat", { n: whole(open) }) : t("campaigns.cancelScheduled")}</p>
      </Consequence>
    </>
  );
}
