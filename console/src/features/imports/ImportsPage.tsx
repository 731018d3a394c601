import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { bytes, whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { State } from "@/ui/State";
import { When } from "@/ui/When";

import "./imports.css";
import { useImports, type Import } from "./importsApi";
import { UploadBox } from "./UploadBox";
import { states } from "./words";

/** Every import, the newest first, and the place to begin another. */
export function ImportsPage() {
  const t = useT();
  const { path, may } = useMember();
  const imports = useImports();
  return (
    <Page title={t("imports.title")} answer={t("imports.answer")}>
      {may("imports.write") && <UploadBox />}
      <Panel flush>
        <Rows
          label={t("imports.title")}
          query={imports}
          columns={useColumns()}
          rowKey={(each) => each.id}
          to={(each) => path(`imports/${String(each.id)}`)}
          empty={<Empty title={t("imports.emptyTitle")} hint={t("imports.emptyHint")} />}
        />
      </Panel>
    </Page>
  );
}

function useColumns(): Column<Import>[] {
  const t = useT();
  return [
    {
      key: "file",
      title: t("imports.file"),
      phone: "lead",
      render: (each) => (
        <span className="stack" style={{ gap: 2 }}>
          <span className="clip" title={each.name}>{each.name}</span>
          <span className="small faint tabular">{bytes(each.size)}</span>
        </span>
      ),
    },
    {
      key: "state",
      title: t("imports.state"),
      width: 190,
      render: (each) => (
        <span className="stack" style={{ gap: 4 }}>
          <State mood={states[each.state].mood}>{t(states[each.state].word)}</State>
          {each.state === "running" && (
            <span className="progress" role="progressbar" aria-label={each.name} aria-valuenow={Math.round(each.share * 100)} aria-valuemin={0} aria-valuemax={100} style={{ display: "block" }}>
              <span style={{ width: `${String(each.share * 100)}%` }} />
            </span>
          )}
        </span>
      ),
    },
    { key: "in", title: t("imports.rowsIn"), width: 120, number: true, phone: "labelled", render: (each) => whole(each.rows_in) },
    { key: "bad", title: t("imports.rowsBad"), width: 100, number: true, phone: "labelled", render: (each) => <span className={each.rows_bad > 0 ? "warn" : "faint"}>{whole(each.rows_bad)}</span> },
    { key: "when", title: t("imports.when"), width: 130, render: (each) => <When at={each.began_at ?? each.created_at} /> },
  ];
}
