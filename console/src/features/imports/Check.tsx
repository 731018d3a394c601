import { Button } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { Refusal } from "@/api/refusal";
import { useT } from "@/i18n";
import { large, whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Consequence } from "@/ui/Consequence";
import { Notice } from "@/ui/Notice";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { RowsSkeleton } from "@/ui/Skeleton";
import { useDebounced } from "@/ui/useDebounced";

import { ColumnTable } from "./ColumnTable";
import { useInspection, useStart, type ImportDetail, type Inspection, type Look, type Mapping } from "./importsApi";
import { purposeOf } from "./mapping";
import { PreviewPanel } from "./PreviewPanel";
import { Reading } from "./Reading";
import { TypePanel } from "./TypePanel";

/** The columns of a file, what each becomes, and the first rows as they would be. */
export function Check({ it }: { it: ImportDetail }) {
  const [look, setLook] = useState<Look>({ format: it.mapping?.format ?? {}, kind: it.mapping?.kind ?? null });
  const seen = useInspection(it.id, look);
  return (
    <>
      <Answered query={seen} skeleton={<Panel flush><RowsSkeleton /></Panel>}>
        {(found) => <Mapped key={JSON.stringify([look, found.proposal])} it={it} seen={found} look={look} onLook={setLook} />}
      </Answered>
    </>
  );
}

function Mapped({ it, seen, look, onLook }: { it: ImportDetail; seen: Inspection; look: Look; onLook: (look: Look) => void }) {
  const t = useT();
  const [mapping, setMapping] = useState<Mapping>(seen.proposal);
  const settled = useDebounced(mapping, 400);
  const known = seen.columns.filter((each) => purposeOf(mapping, each.column) !== null).length;
  return (
    <>
      {seen.recipe && <Notice>{t("imports.recipeFits", { name: seen.recipe })}</Notice>}
      {seen.doubts.map((doubt) => (
        <Notice
          key={doubt.message}
          extra={
            <Button size="small" onClick={() => { onLook({ ...look, format: { ...seen.format, header_row: doubt.header_row } }); }}>
              {t("imports.useRow", { n: doubt.header_row })}
            </Button>
          }
        >
          {doubt.message}
        </Notice>
      ))}
      <Reading seen={seen} mapping={mapping} onMapping={setMapping} onLook={onLook} />
      <Panel flush title={t("imports.checkTitle")} note={t("imports.checkAnswer", { n: seen.columns.length, known })}>
        <ColumnTable columns={seen.columns} mapping={mapping} onMapping={setMapping} />
      </Panel>
      {mapping.kind === "events" && <TypePanel seen={seen} mapping={mapping} onMapping={setMapping} />}
      <PreviewPanel it={it} mapping={settled} />
      <Start it={it} mapping={mapping} />
    </>
  );
}

function Start({ it, mapping }: { it: ImportDetail; mapping: Mapping }) {
  const t = useT();
  const { may } = useMember();
  const start = useStart(it.id);
  const before = start.error instanceof Refusal && start.error.code === "tracking.file_imported_before" ? start.error : null;
  if (!may("imports.write")) return null;
  return (
    <div className="stack tight">
      <Refused error={before ? null : start.error} />
      <div>
        <Button type="primary" size="large" loading={start.isPending} onClick={() => { start.mutate({ mapping, again: false }); }}>
          {it.rows_total === null ? t("imports.start") : t("imports.startRows", { n: it.rows_total < 10_000 ? whole(it.rows_total) : large(it.rows_total) })}
        </Button>
      </div>
      <Consequence
        open={before !== null}
        title={t("imports.startAgainTitle")}
        act={t("imports.startAgainAct")}
        busy={start.isPending}
        onAct={() => { start.mutate({ mapping, again: true }); }}
        onClose={() => { start.reset(); }}
      >
        <p>{before?.message}</p>
        <p className="quiet">{t("imports.startAgainHint")}</p>
      </Consequence>
    </div>
  );
}
