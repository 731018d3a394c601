import { Checkbox } from "antd";

import { useT } from "@/i18n";
import { BrandTime } from "@/ui/BrandTime";

import { AudienceInput, Choice, EventsInput, Labelled, SpanInput, TextInput } from "./fields";
import { isObject, text, type Graph, type JsonObject } from "./graph";

interface EntryFormProps {
  graph: Graph;
  onChange: (graph: Graph) => void;
}

const entries = ["event", "audience", "schedule", "api", "manual"] as const;
type EntryKind = (typeof entries)[number];

/** Who enters, whether again, what the journey is for. */
export function EntryForm({ graph, onChange }: EntryFormProps) {
  const t = useT();
  const { entry, rest } = graph;
  const kind = entries.find((each) => each === entry["kind"]) ?? "manual";
  const set = (changes: JsonObject) => { onChange({ ...graph, entry: { ...entry, ...changes } }); };
  const says = (changes: JsonObject) => { onChange({ ...graph, rest: { ...rest, ...changes } }); };
  const reentry = isObject(rest["reentry"]) ? rest["reentry"] : {};
  return (
    <div className="node-form">
      <Choice<EntryKind> label={t("journeys.whoEnters")} value={kind} options={entries.map((each) => ({ value: each, label: t(`journeys.entry_${each}`) }))} onChange={(chosen) => { onChange({ ...graph, entry: begun(chosen) }); }} />
      {kind === "event" && <EventsInput label={t("journeys.did")} value={entry} onChange={(pattern) => { set({ types: pattern["types"] }); }} />}
      {kind === "audience" && (
        <>
          <AudienceInput label={t("journeys.audience")} value={entry["audience"]} onChange={(audience) => { set({ audience }); }} />
          <Choice label={t("journeys.on")} value={entry["on"] === "left" ? "left" : "entered"} options={[{ value: "entered", label: t("journeys.on_entered") }, { value: "left", label: t("journeys.on_left") }]} onChange={(on) => { set({ on }); }} />
          <Checkbox checked={entry["existing"] === true} onChange={(event) => { set({ existing: event.target.checked }); }}>
            {t("journeys.existing")}
          </Checkbox>
        </>
      )}
      {kind === "schedule" && <Schedule entry={entry} onChange={(next) => { onChange({ ...graph, entry: next }); }} />}
      <Checkbox checked={reentry["again"] === true} onChange={(event) => { says({ reentry: event.target.checked ? { again: true } : {} }); }}>
        {t("journeys.again")}
      </Checkbox>
      <GoalForm goal={rest["goal"]} onChange={(goal) => { says({ goal }); }} />
    </div>
  );
}

function begun(kind: EntryKind): JsonObject {
  return kind === "event" ? { kind, types: [] } : { kind };
}

function Schedule({ entry, onChange }: { entry: JsonObject; onChange: (entry: JsonObject) => void }) {
  const t = useT();
  const way = entry["cron"] === undefined ? "at" : "cron";
  const { at, cron, ...others } = entry;
  return (
    <>
      <AudienceInput label={t("journeys.audience")} value={entry["audience"]} onChange={(audience) => { onChange({ ...entry, audience }); }} />
      <Choice label={t("journeys.when")} value={way} options={[{ value: "at", label: t("journeys.once") }, { value: "cron", label: t("journeys.repeated") }]} onChange={(chosen) => { onChange(chosen === "cron" ? { ...others, cron: "0 10 * * 1" } : others); }} />
      {way === "at" ? (
        <Labelled label={t("journeys.at")}>
          <BrandTime label={t("journeys.at")} value={text(at) || null} onChange={(chosen) => { onChange(chosen ? { ...others, at: chosen } : others); }} />
        </Labelled>
      ) : (
        <TextInput label={t("journeys.cron")} value={cron} placeholder="0 10 * * 1" onChange={(written) => { onChange({ ...others, cron: written }); }} />
      )}
    </>
  );
}

function GoalForm({ goal, onChange }: { goal: JsonObject[string]; onChange: (goal: JsonObject | undefined) => void }) {
  const t = useT();
  const has = isObject(goal);
  return (
    <>
      <Checkbox checked={has} onChange={(event) => { onChange(event.target.checked ? { event: { types: ["pay"] }, within: { amount: 7, unit: "day" } } : undefined); }}>
        {t("journeys.hasGoal")}
      </Checkbox>
      {has && (
        <>
          <EventsInput label={t("journeys.goal")} value={goal["event"]} onChange={(event) => { onChange({ ...goal, event }); }} />
          <SpanInput label={t("journeys.within")} least={1} value={goal["within"]} onChange={(within) => { onChange({ ...goal, within }); }} />
          <TextInput label={t("journeys.goalName")} value={text(goal["name"])} placeholder={t("common.optional")} onChange={(name) => { onChange({ ...goal, name: name || undefined }); }} />
        </>
      )}
    </>
  );
}
