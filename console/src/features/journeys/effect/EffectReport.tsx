import { useState } from "react";

import { useT } from "@/i18n";
import { listed, percent, whole } from "@/i18n/format";
import { Notice } from "@/ui/Notice";

import type { Journey } from "../journeysApi";
import { useNodeWords } from "../useNodeWords";
import { Compared } from "./Compared";
import "./effect.css";
import type { Effect } from "./effectApi";
import { Funnel } from "./Funnel";
import { PeopleBehind, type OpenedPeople } from "./PeopleBehind";
import { verdictOf } from "./said";
import { Splits } from "./Splits";

/** The report of a journey or a campaign: how far people came, what it changed, which way is better. */
export function EffectReport({ journey, effect }: { journey: Journey; effect: Effect }) {
  const t = useT();
  const words = useNodeWords();
  const span = useSpan();
  const [opened, setOpened] = useState<OpenedPeople | null>(null);
  const { ratio } = effect;
  const someOver = effect.treated.over + effect.held_out.over > 0;
  const everybody = effect.treated.people + effect.held_out.people;
  const got = percent(everybody > 0 ? effect.held_out.people / everybody : 0, 1);
  const wanted = percent(journey.holdout_percent / 100, journey.holdout_percent % 1 ? 1 : 0);
  const goal = effect.has_goal ? t("effect.goalIs", { span: span(effect.goal_seconds), what: listed(effect.goal_types.map((each) => words.events({ types: [each] }))) }) : undefined;
  return (
    <>
      {ratio?.wrong && <Notice>{t("effect.wrongSplit", { wanted, got })}</Notice>}
      {!effect.has_goal && <Notice>{t("effect.noGoalHint")}</Notice>}
      {effect.has_goal && !effect.comparison && effect.treated.over > 0 && <Notice>{t("effect.noHoldoutHint")}</Notice>}
      <Funnel journey={journey.id} effect={effect} goal={goal} onOpen={setOpened} />
      {effect.comparison && someOver && <Compared effect={effect} comparison={effect.comparison} footing={ratio && !ratio.wrong ? t("effect.rightSplit", { wanted, got }) : undefined} onOpen={setOpened} />}
      {effect.has_goal && !(effect.comparison && someOver) && effect.waiting > 0 && <p className="small faint">{t("effect.waiting", { n: whole(effect.waiting) })}</p>}
      {someOver && <Splits journey={journey} splits={effect.splits} />}
      <PeopleBehind journey={journey.id} opened={opened} onClose={() => { setOpened(null); }} />
    </>
  );
}

/** The one sentence somebody came for. */
export function useVerdict(): (effect: Effect) => string {
  const t = useT();
  const span = useSpan();
  return (effect) => {
    const { key, blanks } = verdictOf(effect, span(effect.goal_seconds));
    return t(key, blanks);
  };
}

function useSpan(): (seconds: number) => string {
  const t = useT();
  return (seconds) => (seconds % 86_400 === 0 ? t("journeys.unit_day", { n: seconds / 86_400 }) : seconds >= 3600 ? t("journeys.unit_hour", { n: Math.round(seconds / 3600) }) : t("journeys.unit_minute", { n: Math.round(seconds / 60) }));
}
