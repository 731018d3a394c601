import { CopyOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input, InputNumber, Segmented } from "antd";

import { useT } from "@/i18n";

import { Choice, EventsInput, Labelled, TimeInput } from "../fields";
import { text, type JsonObject } from "../graph";
import { AccountPick, MessagePick } from "../picks";
import { inOrder, newKey, newRow, type SopDraft, type SopRow } from "./face";

export interface FaceFormProps<D> {
  draft: D;
  onChange: (draft: D) => void;
  /** What is wrong at a place of the face. */
  wrong: (place: string) => string | undefined;
  /** What the journey is called: messages written here are named after it. */
  name: string;
}

const whom = ["friend", "member", "group"] as const;
const typesOf = (pattern: JsonObject) => (Array.isArray(pattern["types"]) ? pattern["types"].map(text) : []);

/** A table of days and times, and what is said or done at each. */
export function SopForm({ draft, onChange, wrong, name }: FaceFormProps<SopDraft>) {
  const t = useT();
  const set = (changes: Partial<SopDraft>) => { onChange({ ...draft, ...changes }); };
  const row = (key: number, changes: Partial<SopRow>) => { set({ rows: draft.rows.map((each) => (each.key === key ? { ...each, ...changes } : each)) }); };
  const settle = () => { set({ rows: inOrder(draft.rows) }); };
  return (
    <div className="node-form">
      <div className="face-heads">
        <Choice label={t("faces.sopOf")} value={draft.of} options={whom.map((each) => ({ value: each, label: t(`faces.of_${each}`) }))} onChange={(of) => { set({ of }); }} />
        <AccountPick label={t("journeys.byWhat")} value={draft.account} onChange={(account) => { set({ account }); }} problem={wrong("account")} />
      </div>
      <ol className="sop-rows" aria-label={t("faces.sopRows")}>
        {draft.rows.map((each, place) => (
          <SopLine key={each.key} row={each} place={place} account={draft.account} name={name} problem={wrong(`rows.${String(each.key)}`)} onChange={(changes) => { row(each.key, changes); }} onSettle={settle} onCopy={() => { set({ rows: inOrder([...draft.rows, { ...each, key: newKey(), day: each.day + 1, minutes: 0 }]) }); }} onRemove={draft.rows.length > 1 ? () => { set({ rows: draft.rows.filter((other) => other.key !== each.key) }); } : undefined} />
        ))}
      </ol>
      <div>
        <Button icon={<PlusOutlined />} disabled={draft.rows.length >= 60} onClick={() => { set({ rows: [...draft.rows, newRow(inOrder(draft.rows).at(-1))] }); }}>{t("faces.addRow")}</Button>
      </div>
      {draft.rows.some((each) => each.day > 0) && <Checkbox checked={draft.days === "working"} onChange={(event) => { set({ days: event.target.checked ? "working" : "any" }); }}>{t("faces.workingOnly")}</Checkbox>}
      <EventsInput types label={t("faces.stopOn")} value={{ types: draft.stopOn }} onChange={(pattern) => { set({ stopOn: typesOf(pattern) }); }} />
      <div className="face-heads">
        <EventsInput types label={t("faces.goalIs")} value={{ types: draft.goal }} onChange={(pattern) => { set({ goal: typesOf(pattern) }); }} />
        {draft.goal.length > 0 && (
          <Labelled label={t("faces.goalDays")}>
            <InputNumber aria-label={t("faces.goalDays")} min={1} max={365} precision={0} value={draft.goalDays} onChange={(goalDays) => { set({ goalDays: goalDays ?? 30 }); }} />
          </Labelled>
        )}
      </div>
    </div>
  );
}

interface SopLineProps {
  row: SopRow;
  place: number;
  account: number | null;
  name: string;
  problem: string | undefined;
  onChange: (changes: Partial<SopRow>) => void;
  /** The day or the time was settled: the rows may stand in another order. */
  onSettle: () => void;
  onCopy: () => void;
  onRemove: (() => void) | undefined;
}

function SopLine({ row, place, account, name, problem, onChange, onSettle, onCopy, onRemove }: SopLineProps) {
  const t = useT();
  const nth = (what: string) => `${t("faces.rowN", { n: place + 1 })} ${what}`;
  return (
    <li className="sop-row">
      <div className="sop-when" onBlur={onSettle}>
        <Labelled label={t("faces.day")}>
          <InputNumber aria-label={nth(t("faces.day"))} min={0} max={365} precision={0} value={row.day} onChange={(day) => { onChange({ day: day ?? 0 }); }} />
        </Labelled>
        {row.day > 0 ? (
          <TimeInput label={t("journeys.untilTime")} called={nth(t("journeys.untilTime"))} value={row.at} onChange={(at) => { onChange({ at }); }} />
        ) : (
          <Labelled label={t("faces.minutesLater")}>
            <InputNumber aria-label={nth(t("faces.minutesLater"))} min={0} max={720} precision={0} value={row.minutes} onChange={(minutes) => { onChange({ minutes: minutes ?? 0 }); }} />
          </Labelled>
        )}
      </div>
      <div className="sop-what">
        <Segmented<"message" | "task"> aria-label={nth(t("faces.does"))} value={row.does} options={[{ value: "message", label: t("faces.sayIt") }, { value: "task", label: t("faces.doIt") }]} onChange={(does) => { onChange({ does }); }} />
        <div className="node-field grow">
          {row.does === "message" ? (
            <MessagePick label={nth(t("faces.message"))} account={account} called={`${name || t("faces.sop")} · ${t("faces.dayN", { n: row.day })}`} value={row.message} onChange={(message) => { onChange({ message }); }} problem={problem} />
          ) : (
            <>
              <Input aria-label={nth(t("faces.task"))} maxLength={200} placeholder={t("faces.taskHint")} status={problem ? "error" : ""} value={row.task} onChange={(event) => { onChange({ task: event.target.value }); }} />
              {problem && <span className="small harm" role="alert">{problem}</span>}
            </>
          )}
        </div>
        <span className="row sop-acts">
          <Button type="text" size="small" icon={<CopyOutlined />} aria-label={nth(t("faces.copyRow"))} title={t("faces.copyRow")} onClick={onCopy} />
          <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={nth(t("common.remove"))} title={t("common.remove")} disabled={!onRemove} onClick={onRemove} />
        </span>
      </div>
    </li>
  );
}
