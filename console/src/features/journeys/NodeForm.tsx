import { Checkbox, InputNumber, Select } from "antd";

import { useT } from "@/i18n";

import { ActionForm } from "./ActionForm";
import { ArmsForm } from "./ArmsForm";
import { AudienceInput, Choice, EventsInput, Labelled, SpanInput, TextInput, TimeInput } from "./fields";
import { text, type GraphNode, type JsonObject } from "./graph";
import { useVocabulary } from "./journeysApi";

interface FormProps {
  node: GraphNode;
  onChange: (node: GraphNode) => void;
}

/** Everything that can be said of a node. */
export function NodeForm({ node, onChange }: FormProps) {
  const t = useT();
  return (
    <div className="node-form">
      <Inside node={node} onChange={onChange} />
      <TextInput label={t("journeys.nodeName")} value={node["name"]} placeholder={t("common.optional")} onChange={(name) => { onChange(name ? { ...node, name } : dropped(node, "name")); }} />
    </div>
  );
}

function dropped(node: GraphNode, key: string): GraphNode {
  const { [key]: _gone, ...rest } = node;
  return { ...rest, kind: node.kind };
}

function Inside({ node, onChange }: FormProps) {
  const t = useT();
  const set = (changes: JsonObject) => { onChange({ ...node, ...changes, kind: node.kind }); };
  switch (node.kind) {
    case "wait":
      return <WaitFor node={node} onChange={onChange} />;
    case "wait_time":
      return <WaitTime node={node} onChange={onChange} />;
    case "wait_date":
      return <WaitDate node={node} onChange={onChange} />;
    case "until":
      return (
        <>
          <EventsInput label={t("journeys.untilWhat")} at="event" value={node["event"]} onChange={(event) => { set({ event }); }} />
          <SpanInput label={t("journeys.atMost")} at="timeout" least={1} value={node["timeout"]} onChange={(timeout) => { set({ timeout }); }} />
        </>
      );
    case "until_audience":
      return (
        <>
          <AudienceInput label={t("journeys.audience")} at="audience" value={node["audience"]} onChange={(audience) => { set({ audience }); }} />
          <Choice label={t("journeys.untilHow")} value={node["inside"] === false ? "out" : "in"} options={[{ value: "in", label: t("journeys.inside") }, { value: "out", label: t("journeys.outside") }]} onChange={(how) => { set({ inside: how === "in" }); }} />
          <SpanInput label={t("journeys.atMost")} at="timeout" least={1} value={node["timeout"]} onChange={(timeout) => { set({ timeout }); }} />
        </>
      );
    case "branch":
    case "split":
      return <ArmsForm node={node} onChange={onChange} />;
    case "action":
      return <ActionForm node={node} onChange={onChange} />;
    case "rate":
      return (
        <>
          <Labelled label={t("journeys.rateMost")} at="most">
            <InputNumber aria-label={t("journeys.rateMost")} min={1} max={10_000_000} precision={0} value={typeof node["most"] === "number" ? node["most"] : null} onChange={(most) => { set({ most: most ?? 1 }); }} style={{ width: 140 }} />
          </Labelled>
          <SpanInput label={t("journeys.ratePer")} at="per" least={1} value={node["per"]} onChange={(per) => { set({ per }); }} />
        </>
      );
    case "exit":
      return <TextInput label={t("journeys.outcome")} at="outcome" value={node["outcome"]} onChange={(outcome) => { onChange(outcome ? { ...node, outcome } : dropped(node, "outcome")); }} />;
    default:
      return <p className="quiet">{t(node.kind === "goal" ? "journeys.goalNodeHint" : "journeys.mergeHint")}</p>;
  }
}

/** The same for everybody, or as long as it usually takes her from one time to the next. */
function WaitFor({ node, onChange }: FormProps) {
  const t = useT();
  const own = Array.isArray(node["rhythm"]);
  return (
    <>
      <Choice label={t("faces.rhythm")} value={own ? "own" : "fixed"} options={(["fixed", "own"] as const).map((each) => ({ value: each, label: t(`faces.rhythm_${each}`) }))} onChange={(how) => { onChange(how === "own" ? { ...dropped(node, "attribute"), rhythm: ["pay"] } : dropped(node, "rhythm")); }} />
      {own && <EventsInput types label={t("faces.rhythmOf")} at="rhythm" value={{ types: node["rhythm"] }} onChange={(pattern) => { onChange({ ...node, rhythm: pattern["types"] }); }} />}
      <SpanInput label={t(own ? "faces.rhythmUsual" : "journeys.waitFor")} at="for" value={node["for"]} onChange={(span) => { onChange({ ...node, for: span }); }} />
      {own && <p className="small faint">{t("faces.rhythmHint")}</p>}
    </>
  );
}

function WaitTime({ node, onChange }: FormProps) {
  const t = useT();
  const weekdays = Array.isArray(node["weekdays"]) ? node["weekdays"].filter((each) => typeof each === "number") : [];
  const names = [...t("common.weekdaysShort")];
  const days = node["days"] === "working" || node["days"] === "free" ? node["days"] : "any";
  return (
    <>
      <TimeInput label={t("journeys.untilTime")} at="at" value={node["at"]} onChange={(at) => { onChange({ ...node, at }); }} />
      <Labelled label={t("journeys.weekdays")} at="weekdays">
        <Select<number[]> mode="multiple" aria-label={t("journeys.weekdays")} placeholder={t("journeys.anyDay")} value={weekdays} options={[0, 1, 2, 3, 4, 5, 6].map((each) => ({ value: each, label: names[(each + 1) % 7] ?? String(each) }))} onChange={(chosen) => { onChange(chosen.length > 0 ? { ...node, weekdays: chosen } : dropped(node, "weekdays")); }} />
      </Labelled>
      <Choice label={t("journeys.days")} value={days} options={(["any", "working", "free"] as const).map((each) => ({ value: each, label: t(`journeys.days_${each}`) }))} onChange={(chosen) => { onChange({ ...node, days: chosen }); }} />
      <Checkbox checked={node["after"] !== undefined} onChange={(event) => { onChange(event.target.checked ? { ...node, after: { amount: 1, unit: "day" } } : dropped(node, "after")); }}>
        {t("journeys.notBefore")}
      </Checkbox>
      {node["after"] !== undefined && <SpanInput label={t("journeys.waitFor")} at="after" value={node["after"]} onChange={(after) => { onChange({ ...node, after }); }} />}
    </>
  );
}

function WaitDate({ node, onChange }: FormProps) {
  const t = useT();
  const vocabulary = useVocabulary();
  const dates = (vocabulary.data?.attributes ?? []).filter((each) => each.kind === "date" || each.kind === "time");
  const every = node["every"] === "year" || node["every"] === "month" ? node["every"] : "once";
  return (
    <>
      <Labelled label={t("journeys.dateOf")} at="attribute">
        <Select aria-label={t("journeys.dateOf")} value={text(node["attribute"])} options={dates.map((each) => ({ value: each.name, label: each.label }))} onChange={(attribute) => { onChange({ ...node, attribute }); }} />
      </Labelled>
      <Choice label={t("journeys.every")} value={every} options={(["once", "year", "month"] as const).map((each) => ({ value: each, label: t(`journeys.every_${each}`) }))} onChange={(chosen) => { onChange(chosen === "once" ? dropped(node, "every") : { ...node, every: chosen }); }} />
      <SpanInput label={t("journeys.offset")} at="offset" least={-366} value={node["offset"] ?? { amount: 0, unit: "day" }} onChange={(offset) => { onChange(offset["amount"] === 0 ? dropped(node, "offset") : { ...node, offset }); }} />
      <TimeInput label={t("journeys.untilTime")} at="at" value={node["at"]} onChange={(at) => { onChange({ ...node, at }); }} />
      <Checkbox checked={node["lunar"] === true} onChange={(event) => { onChange(event.target.checked ? { ...node, lunar: true } : dropped(node, "lunar")); }}>
        {t("journeys.lunar")}
      </Checkbox>
    </>
  );
}
