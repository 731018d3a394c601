import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { listed, whole } from "@/i18n/format";
import { Facts } from "@/ui/Facts";
import { Panel } from "@/ui/Panel";

import { useAccountNames, useMessageNames, type Journey } from "../journeysApi";
import { useNodeWords } from "../useNodeWords";
import { useCampaignFace, type Campaign } from "./campaignApi";

/** What was decided: whom, what, by what, what for; its settings open where they are made. */
export function Chosen({ journey }: { journey: Journey }) {
  const face = useCampaignFace(journey.id).data;
  return face ? <Said journey={journey} face={face} /> : null;
}

function Said({ journey, face }: { journey: Journey; face: Campaign }) {
  const t = useT();
  const { path } = useMember();
  const words = useNodeWords();
  const messages = useMessageNames().data;
  const account = useAccountNames().data?.find((each) => each.id === face.account)?.name ?? "…";
  const called = (id: number) => messages?.find((each) => each.id === id)?.name ?? "…";
  const items = [
    { label: t("journeys.toWhom"), value: face.audience ? <Link to={path(`audiences/${String(face.audience)}`)}>{words.audience(face.audience)}</Link> : t("campaigns.byCondition") },
    {
      label: t("journeys.what"),
      value: (
        <span className="stack" style={{ gap: 2 }}>
          {face.variants.map((each, place) => (
            <Link key={place} to={path(`messages/${String(each.message)}`)}>{face.variants.length > 1 ? `${"ABCDE"[place] ?? ""} · ${called(each.message)}` : called(each.message)}</Link>
          ))}
        </span>
      ),
    },
    { label: t("journeys.byWhat"), value: account },
    ...(face.goal ? [{ label: t("campaigns.goal"), value: `${listed(face.goal.types.map((each) => words.events({ types: [each] })))} · ${t("campaigns.goalDaysN", { n: face.goal.days ?? 7 })}` }] : []),
    { label: t("campaigns.heldOut"), value: journey.holdout_percent > 0 ? t("campaigns.holdoutShare", { n: journey.holdout_percent }) : t("campaigns.holdoutNone") },
    ...(face.most_an_hour ? [{ label: t("campaigns.pace"), value: t("campaigns.pacePeople", { n: whole(face.most_an_hour) }) }] : []),
  ];
  return (
    <Panel title={t("campaigns.chosen")}>
      <Facts items={items} />
    </Panel>
  );
}
