import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";

import { useT } from "@/i18n";

import { replaced, without, type Events, type Where } from "../condition";
import { propertiesOf, useVocabulary, type FieldWord } from "../vocabulary";
import { Pick as PickOne, PickMany } from "./Pick";
import { freshTest } from "./shapes";
import { operators } from "../vocabulary";
import { TestInput } from "./TestInput";

/** Which events: of which types, and with which properties. */
export function EventTypes({ events, onChange }: { events: Events; onChange: (events: Events) => void }) {
  const t = useT();
  const vocabulary = useVocabulary();
  const types = events.types ?? [];
  return (
    <PickMany
      label={types.length === 0 ? t("builder.anyEvent") : t("builder.eventTypes")}
      values={types}
      options={vocabulary.events.map((each) => ({ value: each.name, label: each.label }))}
      onPick={(next) => { onChange({ ...events, types: next }); }}
    />
  );
}

/** The property filters of events, one line each. */
export function EventWhere({ events, onChange }: { events: Events; onChange: (events: Events) => void }) {
  const t = useT();
  const fields = propertiesOf(useVocabulary(), events.types ?? []);
  const where = events.where ?? [];
  const set = (next: Where[]) => {
    onChange({ ...events, where: next });
  };
  const first = fields[0];
  return (
    <>
      {where.map((each, place) => (
        <div key={place} className="leaf-line leaf-sub">
          <span className="faint">{t("builder.where")}</span>
          <WhereLine where={each} fields={fields} onChange={(next) => { set(replaced(where, place, next)); }} />
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t("builder.remove")} onClick={() => { set(without(where, place)); }} />
        </div>
      ))}
      {first && (
        <Button type="text" size="small" className="leaf-more" icon={<PlusOutlined />} onClick={() => { set([...where, freshWhere(first)]); }}>
          {t("builder.addWhere")}
        </Button>
      )}
    </>
  );
}

function WhereLine({ where, fields, onChange }: { where: Where; fields: FieldWord[]; onChange: (where: Where) => void }) {
  const t = useT();
  const field = fields.find((each) => each.name === where.property);
  const pick = (name: string) => {
    const found = fields.find((each) => each.name === name);
    if (found) onChange(freshWhere(found));
  };
  return (
    <>
      <PickOne label={t("builder.property")} value={where.property} options={fields.map((each) => ({ value: each.name, label: each.label }))} onPick={pick} />
      {field && <TestInput field={field} test={where} onChange={(test) => { onChange({ ...test, property: where.property }); }} />}
    </>
  );
}

function freshWhere(field: FieldWord): Where {
  return { property: field.name, ...freshTest(operators[field.kind][0] ?? "eq", field.kind, {}) };
}
