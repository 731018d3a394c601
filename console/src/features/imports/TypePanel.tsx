import { Select } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";

import type { Inspection, Mapping } from "./importsApi";
import { useEventWords } from "./words";

/** What behaviour each row is: always the same, or what a column says. */
export function TypePanel({ seen, mapping, onMapping }: { seen: Inspection; mapping: Mapping; onMapping: (mapping: Mapping) => void }) {
  const t = useT();
  const type = mapping.type ?? { values: {}, prefixes: {} };
  const { options } = useEventWords();
  const column = type.column ?? null;
  if (column === null) {
    return (
      <Panel title={t("imports.type")}>
        <label className="row wrapping">
          <span className="quiet">{t("imports.typeAlways")}</span>
          <Behaviour value={type.constant ?? ""} onChange={(constant) => { onMapping({ ...mapping, type: { ...type, constant } }); }} options={options} label={t("imports.typeAlways")} />
        </label>
      </Panel>
    );
  }
  const place = seen.columns.findIndex((each) => each.column === column);
  const written = new Set([...Object.keys((type.values ?? {})), ...seen.rows.map((row) => row[place] ?? ""), ...(seen.columns[place]?.samples ?? [])].filter(Boolean));
  return (
    <Panel title={t("imports.type")} note={t("imports.typeValues")}>
      <div className="import-types">
        {[...written].slice(0, 40).map((each) => (
          <label key={each} style={{ display: "contents" }}>
            <code className="clip">{each}</code>
            <Behaviour
              value={(type.values ?? {})[each] ?? ""}
              options={options}
              label={each}
              onChange={(chosen) => {
                const { [each]: _gone, ...others } = (type.values ?? {});
                onMapping({ ...mapping, type: { ...type, values: chosen ? { ...others, [each]: chosen } : others } });
              }}
            />
          </label>
        ))}
        {Object.entries((type.prefixes ?? {})).map(([prefix, becomes]) => (
          <span key={prefix} style={{ display: "contents" }}>
            <code>{prefix}…</code>
            <span>{becomes}</span>
          </span>
        ))}
        <label style={{ display: "contents" }}>
          <span className="quiet">{t("imports.typeOtherwise")}</span>
          <Behaviour value={type.otherwise ?? ""} placeholder={t("imports.typeBad")} onChange={(otherwise) => { onMapping({ ...mapping, type: { ...type, otherwise: otherwise || null } }); }} options={options} label={t("imports.typeOtherwise")} />
        </label>
      </div>
    </Panel>
  );
}

/** One kind of behaviour: chosen among those there are, or typed anew. */
function Behaviour({ value, onChange, options, label, placeholder }: { value: string; onChange: (value: string) => void; options: { value: string; label: string }[]; label: string; placeholder?: string }) {
  const [typed, setTyped] = useState("");
  const fresh = typed.trim().toLowerCase();
  const own = [value, /^[a-z][a-z0-9_.]*$/.test(fresh) ? fresh : ""].filter((each) => each && !options.some((option) => option.value === each));
  return (
    <Select
      size="small"
      allowClear
      aria-label={label}
      value={value || null}
      placeholder={placeholder ?? label}
      showSearch={{ optionFilterProp: "label", onSearch: setTyped }}
      options={[...own.map((each) => ({ value: each, label: each })), ...options]}
      onChange={(chosen) => { onChange(chosen ?? ""); }}
      style={{ minWidth: 160 }}
    />
  );
}
