import { Select } from "antd";

import { useT } from "@/i18n";
import { whole } from "@/i18n/format";

import { Labelled } from "../fields";
import { useVocabulary } from "../journeysApi";
import type { Campaign } from "./campaignApi";

export interface Measure {
  types: string[];
  days: number;
  holdout: number;
  /** At most so many people an hour; null: no limit. */
  pace: number | null;
}

const DAYS = [1, 3, 7, 14, 30];
const HOLDOUTS = [0, 5, 10, 20];
const PACES = [100, 500, 1000, 5000, 20_000];

/** The part of a campaign that says what it is for and how fast it goes. */
export function measured({ types, days, pace }: Measure): Pick<Campaign, "goal" | "most_an_hour"> {
  return { goal: types.length > 0 ? { types, days } : null, most_an_hour: pace };
}

/** What it is meant to lead to, who is left out to compare with, how fast it goes. */
export function MeasureFields({ measure, onMeasure }: { measure: Measure; onMeasure: (measure: Measure) => void }) {
  const t = useT();
  const vocabulary = useVocabulary();
  return (
    <>
      <Labelled label={t("campaigns.goal")}>
        <span className="row wrapping">
          <Select<string[]>
            mode="multiple"
            aria-label={t("campaigns.goal")}
            value={measure.types}
            loading={vocabulary.isPending}
            showSearch={{ optionFilterProp: "label" }}
            options={(vocabulary.data?.events ?? []).map((each) => ({ value: each.name, label: each.label }))}
            onChange={(types) => { onMeasure({ ...measure, types }); }}
            style={{ flex: "1 1 200px" }}
          />
          <Select<number> aria-label={t("campaigns.goalDays")} value={measure.days} options={DAYS.map((each) => ({ value: each, label: t("campaigns.goalDaysN", { n: each }) }))} onChange={(days) => { onMeasure({ ...measure, days }); }} style={{ width: 140 }} />
        </span>
      </Labelled>
      <Labelled label={t("campaigns.holdout")}>
        <Select<number> aria-label={t("campaigns.holdout")} value={measure.holdout} options={HOLDOUTS.map((each) => ({ value: each, label: each === 0 ? t("campaigns.holdoutNone") : t("campaigns.holdoutShare", { n: each }) }))} onChange={(holdout) => { onMeasure({ ...measure, holdout }); }} style={{ width: 200 }} />
        {measure.holdout === 0 && <span className="small faint">{t("campaigns.holdoutHint")}</span>}
      </Labelled>
      <Labelled label={t("campaigns.pace")}>
        <Select<number> aria-label={t("campaigns.pace")} value={measure.pace ?? 0} options={[{ value: 0, label: t("campaigns.paceNone") }, ...PACES.map((each) => ({ value: each, label: t("campaigns.pacePeople", { n: whole(each) }) }))]} onChange={(pace) => { onMeasure({ ...measure, pace: pace || null }); }} style={{ width: 200 }} />
      </Labelled>
    </>
  );
}
