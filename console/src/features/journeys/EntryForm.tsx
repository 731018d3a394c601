import { Button, Checkbox } from "antd";
import type { ReactNode } from "react";

import { useT } from "@/i18n";

import { ConditionInput } from "./ConditionInput";
import { AudienceInput, Choice, EventsInput, SpanInput } from "./fields";
import { isObject, type Graph, type JsonObject } from "./graph";
import type { Journey } from "./journeysApi";
import { ExitsForm, GoalForm, ReentryForm } from "./rules/RulesForm";
import { ScheduleForm } from "./rules/ScheduleForm";
import { SettingsForm } from "./rules/SettingsForm";

interface EntryFormProps {
  journey: Journey;
  graph: Graph;
  onChange: (graph: Graph) => void;
}

const entries = ["event", "audience", "schedule", "api", "manual"] as const;
type EntryKind = (typeof entries)[number];

/** Who enters and how often, when somebody leaves at once, what the journey is for, who is left alone. */
export function EntryForm({ journey, graph, onChange }: EntryFormProps) {
  const t = useT();
  const { entry, rest } = graph;
  const kind = entries.find((each) => each === entry["kind"]) ?? "manual";
  const set = (changes: JsonObject) => { onChange({ ...graph, entry: { ...entry, ...changes } }); };
  const say = (changes: JsonObject) => { onChange({ ...graph, rest: said({ ...rest, ...changes }) }); };
  return (
    <div className="node-form">
      <Choice<EntryKind> label={t("journeys.whoEnters")} value={kind} options={entries.map((each) => ({ value: each, label: t(`journeys.entry_${each}`) }))} onChange={(chosen) => { onChange({ ...graph, entry: begun(chosen) }); }} />
      {kind === "event" && <EventEntry entry={entry} onChange={(next) => { onChange({ ...graph, entry: next }); }} />}
      {kind === "audience" && (
        <>
          <AudienceInput label={t("journeys.audience")} at="entry.audience" value={entry["audience"]} onChange={(audience) => { set({ audience }); }} />
          <Choice label={t("journeys.on")} value={entry["on"] === "left" ? "left" : "entered"} options={[{ value: "entered", label: t("journeys.on_entered") }, { value: "left", label: t("journeys.on_left") }]} onChange={(on) => { set({ on }); }} />
          <Checkbox checked={entry["existing"] === true} onChange={(event) => { set({ existing: event.target.checked }); }}>
            {t("journeys.existing")}
          </Checkbox>
        </>
      )}
      {kind === "schedule" && <ScheduleForm entry={entry} onChange={(next) => { onChange({ ...graph, entry: next }); }} />}
      <ReentryForm rest={rest} onSay={say} />
      <Section title={t("faces.exits")}><ExitsForm rest={rest} onSay={say} /></Section>
      <Section title={t("journeys.goal")}><GoalForm rest={rest} onSay={say} /></Section>
      <Section title={t("faces.settings")}><SettingsForm key={journey.id} journey={journey} /></Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="node-section" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** What the graph says, without what was taken back. */
function said(rest: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
}

function begun(kind: EntryKind): JsonObject {
  return kind === "event" ? { kind, types: [] } : { kind };
}

function EventEntry({ entry, onChange }: { entry: JsonObject; onChange: (entry: JsonObject) => void }) {
  const t = useT();
  const { where: _where, ...others } = entry;
  const { condition, ...unconditional } = entry;
  return (
    <>
      <EventsInput label={t("journeys.did")} at="entry.types" value={entry} onChange={(pattern) => { onChange({ ...others, types: pattern["types"], ...(pattern["where"] === undefined ? {} : { where: pattern["where"] }) }); }} />
      {isObject(condition) ? (
        <>
          <ConditionInput label={t("faces.entryCondition")} at="entry.condition" value={condition} onChange={(written) => { onChange({ ...entry, condition: written }); }} />
          <Button size="small" style={{ alignSelf: "flex-start" }} onClick={() => { onChange(unconditional); }}>{t("common.remove")}</Button>
        </>
      ) : (
        <Checkbox checked={false} onChange={() => { onChange({ ...entry, condition: {} }); }}>{t("faces.entryConditionAdd")}</Checkbox>
      )}
      <SpanInput label={t("faces.maxAge")} at="entry.max_age" least={1} value={entry["max_age"] ?? { amount: 24, unit: "hour" }} onChange={(span) => { onChange({ ...entry, max_age: span }); }} />
    </>
  );
}
