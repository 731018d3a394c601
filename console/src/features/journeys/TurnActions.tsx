import { Button } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Consequence } from "@/ui/Consequence";
import { Refused } from "@/ui/Refused";

import { useHealth, useTurn, type Journey, type Problem } from "./journeysApi";

type Turn = "activate" | "pause" | "resume" | "end";

/** Activate, pause, go on, end: each says first what will happen. */
export function TurnActions({ journey, problems, unsaved }: { journey: Journey; problems: Problem[]; unsaved: boolean }) {
  const t = useT();
  const { may } = useMember();
  const turn = useTurn(journey.id);
  const [asking, setAsking] = useState<Turn | null>(null);
  if (!may("journeys.activate") || journey.state === "ended") return null;
  const changed = journey.state === "draft" || journey.is_changed;
  const act = (which: Turn) => { turn.mutate(which, { onSuccess: () => { setAsking(null); } }); };
  return (
    <>
      {journey.state === "active" && <Button loading={turn.isPending && turn.variables === "pause"} onClick={() => { act("pause"); }}>{t("journeys.pause")}</Button>}
      {journey.state === "paused" && <Button type="primary" loading={turn.isPending && turn.variables === "resume"} onClick={() => { act("resume"); }}>{t("journeys.resume")}</Button>}
      {changed && (
        <Button type={journey.state === "paused" ? "default" : "primary"} disabled={problems.length > 0 || unsaved} onClick={() => { setAsking("activate"); }}>
          {t(journey.state === "draft" ? "journeys.activate" : "journeys.activateChanges")}
        </Button>
      )}
      {journey.state !== "draft" && <Button danger type="text" onClick={() => { setAsking("end"); }}>{t("journeys.endIt")}</Button>}
      {asking === null && <Refused error={turn.error} />}
      {asking && <Ask asking={asking} journey={journey} busy={turn.isPending} error={turn.error} onAct={() => { act(asking); }} onClose={() => { setAsking(null); }} />}
    </>
  );
}

function Ask({ asking, journey, busy, error, onAct, onClose }: { asking: Turn; journey: Journey; busy: boolean; error: Error | null; onAct: () => void; onClose: () => void }) {
  const t = useT();
  const inside = useHealth(journey.id, journey.state !== "draft").data?.inside ?? 0;
  const ends = asking === "end";
  return (
    <Consequence open title={t(ends ? "journeys.endTitle" : "journeys.activateTitle", { name: journey.name })} act={t(ends ? "journeys.endAct" : "journeys.activateAct", { n: whole(inside) })} harmful={ends} busy={busy} error={error} onAct={onAct} onClose={onClose}>
      <p>{t(ends ? "journeys.endWhat" : journey.version > 0 ? "journeys.activateAgain" : "journeys.activateWhat", { n: whole(inside), version: journey.version + 1 })}</p>
    </Consequence>
  );
}
