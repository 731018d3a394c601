import { Input, InputNumber, Select } from "antd";
import type { ReactNode } from "react";

import { useT } from "@/i18n";

import { isObject, spanOf, text, type JsonObject, type Span } from "./graph";
import { useVocabulary } from "./journeysApi";
import { WhereInput } from "./rules/WhereInput";
import { useWrongAt } from "./rules/wrong";

/** A label over what it names, and beneath it what is wrong with it. `at`: its place in what is edited. */
export function Labelled({ label, at, problem, children }: { label: string; at?: string | undefined; problem?: string | undefined; children: ReactNode }) {
  const wrong = useWrongAt(at);
  const said = problem ?? wrong;
  return (
    <div className="node-field">
      <span className="small quiet">{label}</span>
      {children}
      {said && <span className="small harm" role="alert">{said}</span>}
    </div>
  );
}

const units = ["minute", "hour", "day", "week", "month"] as const;

/** So many minutes, hours, days … */
export function SpanInput({ label, at, value, least = 0, onChange }: { label: string; at?: string; value: unknown; least?: number; onChange: (span: JsonObject) => void }) {
  const t = useT();
  const span = spanOf(value) ?? { amount: 1, unit: "day" };
  const change = (changes: Partial<Span>) => { onChange({ amount: span.amount, unit: span.unit, ...changes }); };
  return (
    <Labelled label={label} at={at}>
      <span className="row">
        <InputNumber aria-label={label} min={least} max={100_000} precision={0} value={span.amount} onChange={(amount) => { change({ amount: amount ?? 0 }); }} style={{ width: 90 }} />
        <Select<Span["unit"]> aria-label={t("journeys.unit")} value={span.unit} options={[...new Set([...units, span.unit])].map((each) => ({ value: each, label: t(`journeys.unitName_${each}`) }))} onChange={(unit) => { change({ unit }); }} style={{ width: 110 }} />
      </span>
    </Labelled>
  );
}

/** One or more types of events, and what else has to hold of them, unless only `types` are asked for. */
export function EventsInput({ label, at, types: plain = false, value, onChange }: { label: string; at?: string; types?: boolean; value: unknown; onChange: (pattern: JsonObject) => void }) {
  const vocabulary = useVocabulary();
  const pattern = isObject(value) ? value : {};
  const types = Array.isArray(pattern["types"]) ? pattern["types"].map(text) : [];
  return (
    <Labelled label={label} at={at}>
      <Select<string[]>
        mode="multiple"
        aria-label={label}
        value={types}
        loading={vocabulary.isPending}
        showSearch={{ optionFilterProp: "label" }}
        options={(vocabulary.data?.events ?? []).map((each) => ({ value: each.name, label: each.label }))}
        onChange={(chosen) => { onChange({ ...pattern, types: chosen }); }}
      />
      {!plain && <WhereInput label={label} pattern={pattern} onChange={onChange} />}
    </Labelled>
  );
}

/** One of the audiences. */
export function AudienceInput({ label, at, value, onChange }: { label: string; at?: string; value: unknown; onChange: (audience: number) => void }) {
  const vocabulary = useVocabulary();
  return (
    <Labelled label={label} at={at}>
      <Select<number>
        aria-label={label}
        placeholder={label}
        {...(typeof value === "number" ? { value } : {})}
        loading={vocabulary.isPending}
        showSearch={{ optionFilterProp: "label" }}
        options={(vocabulary.data?.audiences ?? []).map((each) => ({ value: each.id, label: each.name }))}
        onChange={onChange}
      />
    </Labelled>
  );
}

const times = Array.from({ length: 48 }, (_, half) => `${String(Math.floor(half / 2)).padStart(2, "0")}:${half % 2 ? "30" : "00"}`);

/** A time of day. `called`: what it is called where several stand on one screen. */
export function TimeInput({ label, called = label, at: place, value, onChange }: { label: string; called?: string; at?: string; value: unknown; onChange: (at: string) => void }) {
  const at = text(value).slice(0, 5) || "10:00";
  return (
    <Labelled label={label} at={place}>
      <Select aria-label={called} value={at} options={[...new Set([...times, at])].sort().map((each) => ({ value: each, label: each }))} onChange={onChange} style={{ width: 110 }} />
    </Labelled>
  );
}

export function TextInput({ label, at, value, onChange, placeholder }: { label: string; at?: string; value: unknown; onChange: (written: string) => void; placeholder?: string }) {
  return (
    <Labelled label={label} at={at}>
      <Input aria-label={label} value={text(value)} maxLength={200} placeholder={placeholder ?? ""} onChange={(event) => { onChange(event.target.value); }} />
    </Labelled>
  );
}

export function Choice<T extends string>({ label, value, options, onChange }: { label: string; value: T; options: { value: T; label: string }[]; onChange: (chosen: T) => void }) {
  return (
    <Labelled label={label}>
      <Select<T> aria-label={label} value={value} options={options} onChange={onChange} />
    </Labelled>
  );
}
