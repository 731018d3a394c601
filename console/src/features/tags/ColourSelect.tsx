import { Select } from "antd";

import { useT, useWord } from "@/i18n";
import { tagColourNames, useTagShade } from "@/ui/tagColours";

/** A colour of the palette; empty is the group's. */
export function ColourSelect({ value, onChange, inherits, id }: { value?: string; onChange?: (value: string) => void; inherits?: boolean; id?: string }) {
  const t = useT();
  const word = useWord();
  const shade = useTagShade();
  const swatch = (name: string) => (
    <span className="tag-colour">
      <span className="dot" aria-hidden style={{ background: shade(name) }} />
      {word(`tags.colours.${name}`) ?? name}
    </span>
  );
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      value={value ?? ""}
      onChange={(chosen) => onChange?.(chosen)}
      options={[...(inherits ? [{ value: "", label: t("tags.ownColour") }] : []), ...tagColourNames.map((name) => ({ value: name, label: swatch(name) }))]}
    />
  );
}
