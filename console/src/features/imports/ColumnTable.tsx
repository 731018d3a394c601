import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Table, type Column } from "@/ui/Rows";

import { ColumnUse } from "./ColumnUse";
import type { ImportColumn, Mapping } from "./importsApi";
import { purposeOf, withUse } from "./mapping";

/** Every column of a file: what stands in it, what it becomes. */
export function ColumnTable({ columns, mapping, onMapping }: { columns: ImportColumn[]; mapping: Mapping; onMapping: (mapping: Mapping) => void }) {
  const t = useT();
  const shown: Column<ImportColumn>[] = [
    {
      key: "column",
      title: t("imports.column"),
      width: "20%",
      phone: "lead",
      render: (each) => (
        <span className="stack" style={{ gap: 2 }}>
          <span className="strong clip" title={each.column}>{each.column}</span>
          {each.note && <span className="small warn wrap">{each.note}</span>}
        </span>
      ),
    },
    {
      key: "samples",
      title: t("imports.samples"),
      render: (each) => (
        <span className="stack" style={{ gap: 2 }}>
          <span className="clip quiet" title={each.samples.join(" · ")}>{each.samples.slice(0, 4).join(" · ")}</span>
          {each.empty > 0 && <span className="small faint tabular">{t("imports.emptyCells", { n: whole(each.empty) })}</span>}
        </span>
      ),
    },
    {
      key: "use",
      title: t("imports.becomes"),
      width: "42%",
      phone: "lead",
      render: (each) => (
        <ColumnUse
          column={each.column}
          place={columns.indexOf(each)}
          guessed={each}
          kind={mapping.kind}
          use={purposeOf(mapping, each.column)}
          onUse={(use) => { onMapping(withUse(mapping, each.column, use)); }}
        />
      ),
    },
  ];
  return <Table label={t("imports.checkTitle")} columns={shown} rows={columns} rowKey={(each) => each.column} />;
}
