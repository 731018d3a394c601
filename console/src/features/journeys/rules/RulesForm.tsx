import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, InputNumber } from "antd";

import { useT } from "@/i18n";

import { ConditionInput } from "../ConditionInput";
import { Choice, EventsInput, Labelled, SpanInput, TextInput } from "../fields";
import { isObject, text, type JsonObject } from "../graph";

interface RulesProps {
  /** What else the graph says: exits, goal, reentry, entry_cap. */
  rest: JsonObject;
  onSay: (changes: JsonObject) => void;
}

/** Whether somebody may enter again, and how many may. */
export function ReentryForm({ rest, onSay }: RulesProps) {
  const t = useT();
  const reentry = isObject(rest["reentry"]) ? rest["reentry"] : {};
  const cap = isObject(rest["entry_cap"]) ? rest["entry_cap"] : null;
  const how = reentry["again"] !== true ? "no" : reentry["one_at_a_time"] === false ? "parallel" : "again";
  const { after, ...without } = reentry;
  const begun = { no: {}, again: { again: true }, parallel: { again: true, one_at_a_time: false } };
  return (
    <>
      <Choice label={t("faces.reentry")} value={how} options={(["no", "again", "parallel"] as const).map((each) => ({ value: each, label: t(`faces.reentry_${each}`) }))} onChange={(chosen) => { onSay({ reentry: { ...begun[chosen], ...(chosen !== "no" && after ? { after } : {}) } }); }} />
      {how !== "no" && (
        <Checkbox checked={isObject(after)} onChange={(event) => { onSay({ reentry: event.target.checked ? { ...without, after: { amount: 30, unit: "day" } } : without }); }}>{t("faces.reentryGap")}</Checkbox>
      )}
      {how !== "no" && isObject(after) && <SpanInput label={t("faces.reentryAfter")} at="reentry.after" least={1} value={after} onChange={(span) => { onSay({ reentry: { ...reentry, after: span } }); }} />}
      <Checkbox checked={cap !== null} onChange={(event) => { onSay({ entry_cap: event.target.checked ? { most: 1000, per: { amount: 1, unit: "day" } } : undefined }); }}>{t("faces.capped")}</Checkbox>
      {cap && (
        <>
          <Labelled label={t("faces.capMost")} at="entry_cap.most">
            <InputNumber aria-label={t("faces.capMost")} min={1} max={1_000_000_000} precision={0} value={typeof cap["most"] === "number" ? cap["most"] : null} onChange={(most) => { onSay({ entry_cap: { ...cap, most: most ?? 1 } }); }} style={{ width: 140 }} />
          </Labelled>
          <Checkbox checked={!isObject(cap["per"])} onChange={(event) => { onSay({ entry_cap: event.target.checked ? { most: cap["most"] } : { ...cap, per: { amount: 1, unit: "day" } } }); }}>{t("faces.capForever")}</Checkbox>
          {isObject(cap["per"]) && <SpanInput label={t("faces.capPer")} at="entry_cap.per" least={1} value={cap["per"]} onChange={(per) => { onSay({ entry_cap: { ...cap, per } }); }} />}
        </>
      )}
    </>
  );
}

/** Whoever meets one of these leaves, wherever she stands. */
export function ExitsForm({ rest, onSay }: RulesProps) {
  const t = useT();
  const exits = Array.isArray(rest["exits"]) ? rest["exits"].filter(isObject) : [];
  const set = (place: number, exit: JsonObject) => { onSay({ exits: exits.map((each, at) => (at === place ? exit : each)) }); };
  return (
    <>
      <p className="small faint">{t("faces.exitsHint")}</p>
      {exits.map((exit, place) => {
        const by = exit["event"] === undefined ? "when" : "event";
        const at = `exits[${String(place)}]`;
        const named = text(exit["name"]) ? { name: exit["name"] } : {};
        return (
          <div key={place} className="node-arm" role="group" aria-label={t("faces.exitN", { n: place + 1 })}>
            <div className="row apart">
              <Choice label={t("faces.exitN", { n: place + 1 })} value={by} options={[{ value: "event", label: t("faces.exit_event") }, { value: "when", label: t("faces.exit_when") }]} onChange={(chosen) => { set(place, chosen === "event" ? { event: { types: [] }, ...named } : { when: {}, ...named }); }} />
              <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={`${t("faces.exitN", { n: place + 1 })} ${t("common.remove")}`} onClick={() => { onSay({ exits: exits.filter((_, other) => other !== place) }); }} />
            </div>
            {by === "event" ? <EventsInput label={t("journeys.did")} at={at} value={exit["event"]} onChange={(event) => { set(place, { event, ...named }); }} /> : <ConditionInput label={t("journeys.when")} at={at} value={exit["when"]} onChange={(when) => { set(place, { when, ...named }); }} />}
            <TextInput label={t("faces.exitName")} value={exit["name"]} placeholder={t("common.optional")} onChange={(name) => { const { name: _before, ...others } = exit; set(place, name ? { ...others, name } : others); }} />
          </div>
        );
      })}
      <Button icon={<PlusOutlined />} disabled={exits.length >= 20} onClick={() => { onSay({ exits: [...exits, { event: { types: [] } }] }); }}>{t("faces.addExit")}</Button>
    </>
  );
}

/** What the journey is for. */
export function GoalForm({ rest, onSay }: RulesProps) {
  const t = useT();
  const goal = isObject(rest["goal"]) ? rest["goal"] : null;
  const set = (changes: JsonObject) => { onSay({ goal: { ...goal, ...changes } }); };
  return (
    <>
      <Checkbox checked={goal !== null} onChange={(event) => { onSay({ goal: event.target.checked ? { event: { types: ["pay"] }, within: { amount: 7, unit: "day" } } : undefined }); }}>{t("journeys.hasGoal")}</Checkbox>
      {goal && (
        <>
          <EventsInput label={t("journeys.goal")} at="goal.event" value={goal["event"]} onChange={(event) => { set({ event }); }} />
          <SpanInput label={t("journeys.within")} at="goal.within" least={1} value={goal["within"] ?? { amount: 7, unit: "day" }} onChange={(within) => { set({ within }); }} />
          <Checkbox checked={goal["ends"] !== false} onChange={(event) => { set({ ends: event.target.checked }); }}>{t("faces.goalEnds")}</Checkbox>
          <TextInput label={t("journeys.goalName")} value={text(goal["name"])} placeholder={t("common.optional")} onChange={(name) => { const { name: _before, ...others } = goal; onSay({ goal: name ? { ...others, name } : others }); }} />
        </>
      )}
    </>
  );
}
