import { Input, Select } from "antd";

import { useT } from "@/i18n";

import type { ImportColumn, ReadAs } from "./importsApi";
import { attributes, customerRoles, eventRoles, identityKinds, nameFor, usualReading, type Use } from "./mapping";
import { readingNames, readings, useRoleWords } from "./words";

interface ColumnUseProps {
  column: string;
  place: number;
  guessed: ImportColumn;
  kind: "events" | "customers";
  use: Use | null;
  onUse: (use: Use | null) => void;
}

/** What one column becomes, and how its cells are read. */
export function ColumnUse({ column, place, guessed, kind, use, onUse }: ColumnUseProps) {
  const t = useT();
  const say = useRoleWords();
  const choose = (role: string) => {
    if (!role) {
      onUse(null);
      return;
    }
    const usual = usualReading(role);
    const found = readingNames.find((each) => each === guessed.read_as);
    const keeps = found && (role === "property" || role === "attribute" || (usual === "time" && ["time", "unix_seconds", "unix_ms", "date"].includes(found)));
    const named = role === "property" || role === "attribute" ? { name: nameFor(column, place) } : role === "tags" ? { name: column } : {};
    onUse({ role, read_as: keeps ? found : usual, format: guessed.format, ...named });
  };
  const of = (role: string) => ({ value: role, label: say(role) });
  const groups = [
    { label: t("imports.groupWho"), options: identityKinds.map((each) => of(`identity:${each}`)) },
    kind === "events"
      ? { label: t("imports.groupWhat"), options: eventRoles.map(of) }
      : { label: t("imports.groupAbout"), options: [...attributes.map((each) => `attribute:${each}`), ...customerRoles].map(of) },
  ];
  const nameHint = use?.role === "tags" ? t("imports.groupOf") : use?.role.startsWith("identity:") ? t("imports.sourceOf") : t("imports.nameOf");
  const takesName = use && (["property", "attribute", "tags", "identity:openid", "identity:buyer_id"].includes(use.role));
  return (
    <span className="import-use">
      <Select
        size="small"
        aria-label={`${column}: ${t("imports.becomes")}`}
        value={use?.role ?? ""}
        showSearch={{ optionFilterProp: "label" }}
        options={[{ value: "", label: t("imports.skip") }, ...groups]}
        onChange={choose}
      />
      {use && takesName && (
        <Input
          size="small"
          aria-label={`${column}: ${nameHint}`}
          placeholder={nameHint}
          title={nameHint}
          value={use.name ?? ""}
          onChange={(event) => { onUse({ ...use, name: event.target.value }); }}
        />
      )}
      {use && use.role !== "type" && use.role !== "tags" && !use.role.startsWith("identity:") && (
        <Select<ReadAs>
          size="small"
          aria-label={`${column}: ${t("imports.readAs")}`}
          value={use.read_as}
          options={readingNames.map((each) => ({ value: each, label: t(readings[each]) }))}
          onChange={(read_as) => { onUse({ ...use, read_as, format: null }); }}
        />
      )}
    </span>
  );
}
