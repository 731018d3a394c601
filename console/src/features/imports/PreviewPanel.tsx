import { useT } from "@/i18n";
import { listed, minute, money, whole } from "@/i18n/format";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Table, type Column } from "@/ui/Rows";
import { RowsSkeleton } from "@/ui/Skeleton";

import { usePreview, type ImportDetail, type Mapping, type PreviewedRow } from "./importsApi";
import { useEventWords, useRoleWords } from "./words";

const INSTANT = /^\d{4}-\d\d-\d\dT.+Z$/;

/** The first rows as they would be, with the reason of each that would stay out. */
export function PreviewPanel({ it, mapping }: { it: ImportDetail; mapping: Mapping }) {
  const t = useT();
  const preview = usePreview(it.id, mapping);
  const columns = useColumns(mapping.kind === "events");
  const seen = preview.data;
  const note = seen && (seen.bad === 0 ? t("imports.previewGood", { n: whole(seen.looked_at) }) : t("imports.previewBad", { n: whole(seen.looked_at), bad: whole(seen.bad) }));
  return (
    <Panel flush title={t("imports.preview")} note={preview.error ? undefined : note}>
      {preview.error && (
        <div style={{ padding: 16 }}>
          <Refused error={preview.error} />
        </div>
      )}
      {!seen && !preview.error && <RowsSkeleton rows={5} />}
      {seen && !preview.error && (
        <div className="import-scroll" role="region" aria-label={t("imports.preview")} tabIndex={0} style={preview.isPlaceholderData ? { opacity: 0.6 } : undefined}>
          <Table label={t("imports.preview")} columns={columns} rows={seen.rows} rowKey={(each) => each.line} />
        </div>
      )}
    </Panel>
  );
}

function useColumns(isEvents: boolean): Column<PreviewedRow>[] {
  const t = useT();
  const say = useRoleWords();
  const { say: sayEvent } = useEventWords();
  const word = (name: string, prefix: string) => {
    const kind = name.split(":")[0] ?? name;
    const said = say(`${prefix}${kind}`);
    return said === kind ? say(kind) : said;
  };
  const shown = (name: string, value: unknown): string => {
    if (name === "gender" && (value === "female" || value === "male")) return t(`customers.${value}`);
    if (Array.isArray(value)) return listed(value.map((one) => shown(name, one)));
    if (typeof value === "string" && INSTANT.test(value)) return minute(value);
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  const told = (values: Record<string, unknown>, prefix: string) =>
    Object.entries(values)
      .filter(([name, value]) => value !== null && value !== "" && !(name === "content" && value === values["item"]))
      .map(([name, value]) => `${word(name, prefix)} ${shown(name, value)}`)
      .join(" · ");
  const happened: Column<PreviewedRow>[] = [
    { key: "event", title: t("imports.event"), width: 96, render: (each) => (each.type ? sayEvent(each.type) : "") },
    { key: "at", title: t("imports.occurred_at"), width: 140, render: (each) => <span className="tabular small">{each.occurred_at ? minute(each.occurred_at) : ""}</span> },
    { key: "amount", title: t("imports.amount"), width: 110, number: true, render: (each) => (each.amount === null ? "" : money(each.amount)) },
  ];
  return [
    { key: "line", title: t("imports.line"), width: 64, number: true, phone: "labelled", render: (each) => <span className="faint">{whole(each.line)}</span> },
    { key: "customer", title: t("imports.customer"), width: isEvents ? "22%" : "28%", phone: "lead", render: (each) => <span className="wrap">{told(each.customer, "identity:")}</span> },
    ...(isEvents ? happened : []),
    {
      key: "rest",
      title: t("imports.values"),
      render: (each) =>
        each.problems.length > 0 ? (
          <span className="harm wrap">{each.problems.join(" ")}</span>
        ) : (
          <span className="quiet wrap">
            {told(each.values, "attribute:")}
            {each.is_known && <span className="faint"> {t("imports.known")}</span>}
          </span>
        ),
    },
  ];
}
