import { Select } from "antd";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { PersonPick } from "@/ui/PersonPick";
import { useAudienceOptions } from "@/ui/useAudienceOptions";

import { useJourneyNames, type Whose } from "./ratesApi";

/** Of whom rates are: an audience, one person, one journey. */
export function WhoseFilters({ whose, onWhose }: { whose: Whose; onWhose: (name: keyof Whose, id: number | null) => void }) {
  const { may } = useMember();
  return (
    <div className="filters">
      {may("audiences.read") && <AudienceFilter value={whose.audience} onPick={(id) => { onWhose("audience", id); }} />}
      {may("journeys.read") && <JourneyFilter value={whose.journey} onPick={(id) => { onWhose("journey", id); }} />}
      {may("customers.read") && (
        <span style={{ width: 220 }}>
          <PersonPick value={whose.customer} onPick={(id) => { onWhose("customer", id); }} waits />
        </span>
      )}
    </div>
  );
}

interface FilterProps {
  value: number | null;
  onPick: (id: number | null) => void;
}

function AudienceFilter({ value, onPick }: FilterProps) {
  const t = useT();
  const audiences = useAudienceOptions();
  return <Select<number | null> {...audiences} aria-label={t("rates.audience")} placeholder={t("rates.audience")} value={value} onChange={(picked: number | null | undefined) => { onPick(picked ?? null); }} style={{ width: 220 }} />;
}

function JourneyFilter({ value, onPick }: FilterProps) {
  const t = useT();
  const journeys = useJourneyNames(true);
  return <Select<number | null> aria-label={t("rates.journey")} placeholder={t("rates.journey")} allowClear showSearch={{ optionFilterProp: "label" }} loading={journeys.isPending} value={value} options={(journeys.data ?? []).map((each) => ({ value: each.id, label: each.name }))} onChange={(picked: number | null | undefined) => { onPick(picked ?? null); }} style={{ width: 220 }} />;
}
