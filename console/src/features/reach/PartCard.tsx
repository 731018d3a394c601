import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Fragment } from "react";

import { useT } from "@/i18n";
import { FilePick } from "@/ui/materials/FilePick";

import type { KitPart, Preview } from "./messagesApi";
import { holesIn, textOf, valuesOf, withField, type Part } from "./parts";
import { WrittenField } from "./WrittenField";

interface PartCardProps {
  part: Part;
  kind: KitPart;
  place: number;
  problems: ReadonlyMap<string, string>;
  lengths: Preview["lengths"];
  onChange: (part: Part) => void;
  move: { up?: () => void; down?: () => void; away?: () => void };
  readOnly?: boolean;
}

/** What is uploaded into a field: a picture, a video, a file; nothing into others. */
function fileOf(kind: string, field: string): string | null {
  if (field === "image_url") return "image";
  return field === "url" && (kind === "image" || kind === "video" || kind === "file") ? kind : null;
}

/** A file keeps the name it was uploaded under. */
function named(part: Part, name: string): Part {
  return part.kind === "file" && name ? { ...part, name } : part;
}

/** One part of a message, with its fields. */
export function PartCard({ part, kind, place, problems, lengths, onChange, move, readOnly = false }: PartCardProps) {
  const t = useT();
  const at = (name: string) => `parts.${String(place)}.${name}`;
  return (
    <section className="part-card" aria-label={kind.label}>
      <header className="row apart">
        <h3>{kind.label}</h3>
        <span className="row" style={{ gap: 0 }}>
          {move.up && <Button type="text" size="small" icon={<ArrowUpOutlined />} aria-label={t("common.moveUp", { name: kind.label })} onClick={move.up} />}
          {move.down && <Button type="text" size="small" icon={<ArrowDownOutlined />} aria-label={t("common.moveDown", { name: kind.label })} onClick={move.down} />}
          {move.away && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("messages.removePart", { name: kind.label })} onClick={move.away} />}
        </span>
      </header>
      {problems.has(at("kind")) && <p className="small harm" role="alert">{problems.get(at("kind"))}</p>}
      {kind.fields
        .filter((field) => !field.is_mapping)
        .map((field) => (
          <Fragment key={field.name}>
            <WrittenField
              field={field}
              alone={kind.fields.length === 1}
              long={field.name === "text" && kind.kind !== "subject"}
              value={textOf(part, field.name)}
              problem={problems.get(at(field.name))}
              length={lengths.find((each) => each.field === at(field.name))}
              onChange={(value) => { onChange(withField(part, field.name, value, field.required)); }}
            />
            {fileOf(part.kind, field.name) && !readOnly && <FilePick kind={fileOf(part.kind, field.name) ?? ""} onChange={(url, name) => { onChange(named(withField(part, field.name, url, field.required), name)); }} />}
          </Fragment>
        ))}
      {kind.kind === "template" && <Holes part={part} problems={problems} at={at} onChange={onChange} />}
    </section>
  );
}

/** What goes into each hole of an approved template. */
function Holes({ part, problems, at, onChange }: Pick<PartCardProps, "part" | "problems" | "onChange"> & { at: (name: string) => string }) {
  const t = useT();
  const values = valuesOf(part);
  const names = [...new Set([...holesIn(textOf(part, "text")), ...Object.keys(values).filter((each) => values[each])])];
  if (names.length === 0) return <p className="small faint">{t("messages.holesHint")}</p>;
  return (
    <>
      {names.map((name) => (
        <WrittenField
          key={name}
          field={{ label: t("messages.hole", { name }), required: true, takes_variables: true, is_url: false }}
          value={values[name] ?? ""}
          problem={problems.get(at(`values.${name}`))}
          onChange={(value) => { onChange({ ...part, values: { ...values, [name]: value } }); }}
        />
      ))}
    </>
  );
}
