import { DatePicker, Input, InputNumber } from "antd";
import dayjs from "dayjs";

import { useT } from "@/i18n";

import type { Value } from "../condition";
import { useVocabulary, type FieldWord } from "../vocabulary";
import { Pick as PickOne } from "./Pick";
import { choicesOf } from "./shapes";

interface ValueInputProps {
  kind: FieldWord["kind"];
  choices: FieldWord["choices"];
  label: string;
  value: Value | undefined;
  onChange: (value: Value) => void;
}

/** One value of a kind. Money is typed in yuan and kept in fen. */
export function ValueInput({ kind, choices, label, value, onChange }: ValueInputProps) {
  const t = useT();
  const known = choicesOf({ kind, choices }, useVocabulary());
  const written = typeof value === "string" || typeof value === "number" ? value : undefined;
  if (known) return <PickOne label={label} value={written} options={known} onPick={onChange} />;
  switch (kind) {
    case "number":
      return <InputNumber aria-label={label} value={typeof value === "number" ? value : null} onChange={(next) => { onChange(next); }} style={{ width: 112 }} />;
    case "money":
      return (
        <InputNumber
          aria-label={label}
          prefix="¥"
          precision={2}
          value={typeof value === "number" ? value / 100 : null}
          onChange={(yuan) => { onChange(yuan === null ? null : Math.round(yuan * 100)); }}
          style={{ width: 136 }}
        />
      );
    case "bool":
      return (
        <PickOne
          label={label}
          value={value === false ? "no" : "yes"}
          options={[
            { value: "yes", label: t("builder.truthy") },
            { value: "no", label: t("builder.falsy") },
          ]}
          onPick={(next) => { onChange(next === "yes"); }}
        />
      );
    case "date":
    case "time":
      return <DatePicker aria-label={label} value={written ? dayjs(written) : null} onChange={(next: dayjs.Dayjs | null) => { onChange(next?.format("YYYY-MM-DD") ?? null); }} />;
    default:
      return <Input aria-label={label} placeholder={label} value={written ?? ""} onChange={(event) => { onChange(event.target.value); }} style={{ width: 160 }} />;
  }
}
