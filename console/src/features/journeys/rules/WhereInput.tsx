import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";

import { text, type JsonObject } from "../graph";
import { useVocabulary } from "../journeysApi";
import { checksOf, opsFor, saidValue, valueOf, withChecks, type Check } from "./where";

interface WhereInputProps {
  label: string;
  pattern: JsonObject;
  onChange: (pattern: JsonObject) => void;
}

/** What else has to hold of the event: its amount, what it was about, where it came from. */
export function WhereInput({ label, pattern, onChange }: WhereInputProps) {
  const t = useT();
  const events = useVocabulary().data?.events ?? [];
  const types = Array.isArray(pattern["types"]) ? pattern["types"].map(text) : [];
  const properties = [...new Map(events.filter((each) => types.includes(each.name)).flatMap((each) => each.properties).map((each) => [each.name, each])).values()];
  const checks = checksOf(pattern["where"]);
  const [first] = properties;
  const set = (place: number, check: Check) => { onChange(withChecks(pattern, checks.map((each, at) => (at === place ? check : each)))); };
  if (checks.length === 0 && !first) return null;
  return (
    <div className="where">
      {checks.map((check, place) => {
        const kind = properties.find((each) => each.name === check.property)?.kind ?? "text";
        const known = properties.some((each) => each.name === check.property);
        const named = `${label} ${t("faces.whereTitle")} ${String(place + 1)}`;
        return (
          <div key={place} className="row wrapping">
            <span className="small quiet">{t("faces.whereTitle")}</span>
            <Select aria-label={`${named} ${t("faces.property")}`} value={check.property} popupMatchSelectWidth={false} options={[...properties.map((each) => ({ value: each.name, label: each.label })), ...(known ? [] : [{ value: check.property, label: check.property }])]} onChange={(property) => { set(place, { property, op: opsFor(properties.find((each) => each.name === property)?.kind ?? "text")[0] ?? "eq", value: "" }); }} style={{ minWidth: 96 }} />
            <Select aria-label={`${named} ${t("faces.op")}`} value={check.op} popupMatchSelectWidth={false} options={[...new Set([...opsFor(kind), check.op])].map((op) => ({ value: op, label: t(`faces.op_${op}`) }))} onChange={(op) => { const value = valueOf(kind, op, saidValue(kind, check.value)); set(place, { property: check.property, op, ...(value === undefined ? {} : { value }) }); }} />
            {check.op !== "known" && check.op !== "unknown" && (
              <ValueInput key={`${check.property}.${check.op}`} label={`${named} ${t("faces.value")}`} hint={check.op === "in" ? t("faces.inHint") : kind === "money" ? "¥" : ""} said={saidValue(kind, check.value)} onSaid={(said) => { set(place, { ...check, value: valueOf(kind, check.op, said) ?? "" }); }} />
            )}
            <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={`${named} ${t("common.remove")}`} onClick={() => { onChange(withChecks(pattern, checks.filter((_, at) => at !== place))); }} />
          </div>
        );
      })}
      {first && (
        <Button type="link" size="small" icon={<PlusOutlined />} style={{ paddingInline: 0, alignSelf: "flex-start" }} onClick={() => { onChange(withChecks(pattern, [...checks, { property: first.name, op: opsFor(first.kind)[0] ?? "eq", value: "" }])); }}>
          {t("faces.addWhere")}
        </Button>
      )}
    </div>
  );
}

/** Written freely, read when it is left: half a number is no number yet. */
function ValueInput({ label, hint, said, onSaid }: { label: string; hint: string; said: string; onSaid: (said: string) => void }) {
  const [written, setWritten] = useState<string | null>(null);
  const settle = () => {
    if (written !== null && written !== said) onSaid(written);
    setWritten(null);
  };
  return <Input aria-label={label} className="grow" style={{ minWidth: 80 }} placeholder={hint} maxLength={300} value={written ?? said} onChange={(event) => { setWritten(event.target.value); }} onBlur={settle} onPressEnter={settle} />;
}
