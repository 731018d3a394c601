import { Segmented, Select } from "antd";

import { useT } from "@/i18n";
import { BrandTime } from "@/ui/BrandTime";

import { ConditionInput } from "../ConditionInput";
import { AudienceInput, Choice, Labelled, TextInput, TimeInput } from "../fields";
import { text, type JsonObject } from "../graph";
import { weekdays } from "../weekdays";

interface ScheduleFormProps {
  entry: JsonObject;
  onChange: (entry: JsonObject) => void;
}

type WayOfTime = "at" | "weekly" | "cron";
const begun: Record<WayOfTime, JsonObject> = { at: {}, weekly: { weekdays: [0], time: "10:00" }, cron: { cron: "0 10 * * 1" } };

function wayOf(entry: JsonObject): WayOfTime {
  if (entry["cron"] !== undefined) return "cron";
  return entry["time"] !== undefined || entry["weekdays"] !== undefined ? "weekly" : "at";
}

/** Whom a schedule lets in, and when: once, on days of the week, by a timetable. */
export function ScheduleForm({ entry, onChange }: ScheduleFormProps) {
  const t = useT();
  const way = wayOf(entry);
  const { audience, condition, at: _at, cron: _cron, weekdays: _weekdays, time: _time, ...rest } = entry;
  const whom = condition === undefined ? (audience === undefined ? {} : { audience }) : { condition };
  const by = condition === undefined ? "audience" : "condition";
  const set = (changes: JsonObject) => { onChange({ ...entry, ...changes }); };
  return (
    <>
      <Labelled label={t("faces.of")}>
        <Segmented<"audience" | "condition"> aria-label={t("faces.of")} value={by} options={[{ value: "audience", label: t("faces.of_audience") }, { value: "condition", label: t("faces.of_condition") }]} onChange={(chosen) => { const { audience: _a, condition: _c, ...others } = entry; onChange(chosen === "condition" ? { ...others, condition: {} } : others); }} />
      </Labelled>
      {by === "audience" ? (
        <AudienceInput label={t("journeys.audience")} at="entry.audience" value={audience} onChange={(chosen) => { set({ audience: chosen }); }} />
      ) : (
        <ConditionInput label={t("journeys.when")} at="entry.condition" value={condition} onChange={(written) => { set({ condition: written }); }} />
      )}
      <Choice label={t("journeys.when")} value={way} options={[{ value: "at", label: t("journeys.once") }, { value: "weekly", label: t("faces.weekly") }, { value: "cron", label: t("journeys.repeated") }]} onChange={(chosen) => { onChange({ ...rest, ...whom, ...begun[chosen] }); }} />
      {way === "at" && (
        <Labelled label={t("journeys.at")} at="entry.at">
          <BrandTime label={t("journeys.at")} value={text(entry["at"]) || null} onChange={(chosen) => { onChange({ ...rest, ...whom, ...(chosen ? { at: chosen } : {}) }); }} />
        </Labelled>
      )}
      {way === "weekly" && <Weekly entry={entry} onSet={set} />}
      {way === "cron" && <TextInput label={t("journeys.cron")} at="entry.cron" value={entry["cron"]} placeholder="0 10 * * 1" onChange={(cron) => { set({ cron }); }} />}
    </>
  );
}

function Weekly({ entry, onSet }: { entry: JsonObject; onSet: (changes: JsonObject) => void }) {
  const t = useT();
  const chosen = Array.isArray(entry["weekdays"]) ? entry["weekdays"].filter((each) => typeof each === "number") : [];
  const days = entry["days"] === "working" || entry["days"] === "free" ? entry["days"] : "any";
  return (
    <>
      <Labelled label={t("journeys.weekdays")} at="entry.weekdays">
        <Select<number[]> mode="multiple" aria-label={t("journeys.weekdays")} placeholder={t("journeys.anyDay")} value={chosen} options={weekdays.map((name, value) => ({ value, label: t(name) }))} onChange={(weekdays) => { onSet({ weekdays }); }} />
      </Labelled>
      <TimeInput label={t("journeys.untilTime")} at="entry.time" value={entry["time"]} onChange={(time) => { onSet({ time }); }} />
      <Choice label={t("journeys.days")} value={days} options={(["any", "working", "free"] as const).map((each) => ({ value: each, label: t(`journeys.days_${each}`) }))} onChange={(each) => { onSet({ days: each }); }} />
    </>
  );
}
