import { Input, InputNumber, Segmented, Select } from "antd";

import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";

import { useRecipes, type FileFormat, type Inspection, type Look, type Mapping } from "./importsApi";

interface ReadingProps {
  seen: Inspection;
  mapping: Mapping;
  onMapping: (mapping: Mapping) => void;
  onLook: (look: Look) => void;
}

const delimiters = [",", "\t", ";", "|"];
const encodings = ["utf-8", "gb18030", "utf-16", "big5", "latin-1"];

/** How the file is read as a whole: what is inside, a recipe, the sheet, the header, the time zone. */
export function Reading({ seen, mapping, onMapping, onLook }: ReadingProps) {
  const t = useT();
  const recipes = useRecipes();
  const { format } = seen;
  const refit = (changed: FileFormat) => { onLook({ format: { ...format, ...changed }, kind: mapping.kind }); };
  const isText = format.kind === "csv" || format.kind === "words";
  return (
    <Panel>
      <div className="import-settings">
        <label>
          <span>{t("imports.kind")}</span>
          <Segmented<Mapping["kind"]>
            value={mapping.kind}
            options={[{ value: "events", label: t("imports.kindEvents") }, { value: "customers", label: t("imports.kindCustomers") }]}
            onChange={(kind) => { onLook({ format, kind }); }}
          />
        </label>
        <label>
          <span>{t("imports.recipe")}</span>
          <Select
            value={seen.recipe ?? ""}
            options={[{ value: "", label: t("imports.noRecipe") }, ...(recipes.data?.items ?? []).map((each) => ({ value: each.name, label: each.label, title: each.about }))]}
            onChange={(name) => {
              const recipe = recipes.data?.items.find((each) => each.name === name);
              if (recipe) onMapping({ ...recipe.mapping, format });
            }}
          />
        </label>
        <label>
          <span>{t("imports.timeZone")}</span>
          <Select showSearch value={mapping.time_zone ?? "Asia/Shanghai"} options={zones().map((zone) => ({ value: zone, label: zone }))} onChange={(zone) => { onMapping({ ...mapping, time_zone: zone }); }} />
        </label>
        {seen.sheets.length > 1 && (
          <label>
            <span>{t("imports.sheet")}</span>
            <Select value={format.sheet ?? seen.sheets[0] ?? ""} options={seen.sheets.map((each) => ({ value: each, label: each }))} onChange={(sheet) => { refit({ sheet, header_row: null }); }} />
          </label>
        )}
        {format.kind !== "parquet" && format.kind !== "jsonl" && (
          <label>
            <span>{t("imports.headerRow")}</span>
            <InputNumber min={0} max={100} value={format.header_row ?? 1} onChange={(line) => { refit({ header_row: line }); }} style={{ width: "100%" }} />
          </label>
        )}
        {isText && (
          <>
            <label>
              <span>{t("imports.delimiter")}</span>
              <Select value={format.delimiter ?? ","} options={delimiters.map((each) => ({ value: each, label: each === "\t" ? "Tab" : each }))} onChange={(delimiter) => { refit({ delimiter }); }} />
            </label>
            <label>
              <span>{t("imports.encoding")}</span>
              <Select value={format.encoding ?? "utf-8"} options={encodings.map((each) => ({ value: each, label: each }))} onChange={(encoding) => { refit({ encoding }); }} />
            </label>
          </>
        )}
        {mapping.kind === "events" && !mapping.event_id && (
          <label>
            <span>{t("imports.identical")}</span>
            <Segmented<NonNullable<Mapping["identical_rows"]>>
              value={mapping.identical_rows ?? "distinct"}
              options={[{ value: "distinct", label: t("imports.identicalDistinct") }, { value: "same", label: t("imports.identicalSame") }]}
              onChange={(identical_rows) => { onMapping({ ...mapping, identical_rows }); }}
            />
          </label>
        )}
        <NoHeaderNames seen={seen} onNames={(columns) => { refit({ columns }); }} />
      </div>
    </Panel>
  );
}

/** A file without a header: its columns are named here. */
function NoHeaderNames({ seen, onNames }: { seen: Inspection; onNames: (names: string[]) => void }) {
  const t = useT();
  if (seen.format.header_row !== 0) return null;
  return (
    <label style={{ gridColumn: "1 / -1" }}>
      <span>{t("imports.noHeader")}</span>
      <Input
        defaultValue={seen.columns.map((each) => each.column).join(", ")}
        onBlur={(event) => {
          const names = event.target.value.split(/[,，]/).map((each) => each.trim());
          if (names.length === seen.columns.length && names.every(Boolean)) onNames(names);
        }}
      />
    </label>
  );
}

function zones(): string[] {
  return [...new Set(["Asia/Shanghai", "UTC", ...Intl.supportedValuesOf("timeZone")])];
}
