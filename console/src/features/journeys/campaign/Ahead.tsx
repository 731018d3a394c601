import { useT } from "@/i18n";

import type { Journey } from "../journeysApi";
import { useCampaignFace, useGate } from "./campaignApi";
import { GatePanel } from "./GatePanel";

/** What the gate would say now, while it waits for its time. */
export function Ahead({ journey }: { journey: Journey }) {
  const t = useT();
  const face = useCampaignFace(journey.id).data;
  const message = face?.variants[0]?.message;
  const asked = face?.audience && message ? { audience: face.audience, message, account: face.account, holdout: journey.holdout_percent } : null;
  const gate = useGate(asked);
  return asked && <GatePanel title={t("campaigns.ahead")} gate={gate} asked />;
}
