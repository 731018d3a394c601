import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { Link } from "react-router";

import { download } from "@/api/download";
import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { day, whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Figure } from "@/ui/Figure";
import { Notice } from "@/ui/Notice";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Rows, type Column } from "@/ui/Rows";

import { useBadRows, useResume, type BadRow, type ImportDetail } from "./importsApi";

/** How an import ended: what is in, what stayed out and why. */
export function Outcome({ it }: { it: ImportDetail }) {
  const t = useT();
  const { path, may } = useMember();
  const resume = useResume(it.id);
  const again = may("imports.write") && (
    <Button size={it.said ? "small" : "middle"} type={it.said ? "default" : "primary"} loading={resume.isPending} onClick={() => { resume.mutate(); }}>
      {t("imports.resume")}
    </Button>
  );
  return (
    <>
      {it.state === "stopped" && (it.said ? <Notice extra={again}>{it.said}</Notice> : again && <div>{again}</div>)}
      <Refused error={resume.error} />
      <Panel>
        <div className="figures">
          <Figure label={t("imports.rowsIn")} value={it.rows_in} to={path("customers")} />
          <Figure label={t("imports.rowsKnown")} value={it.rows_known} />
          <Figure label={t("imports.rowsBad")} value={it.rows_bad} />
        </div>
      </Panel>
      {it.rows_bad > 0 && may("imports.write") ? <LeftOut it={it} /> : it.state === "done" && <Empty title={t("imports.allGood")}><Link to={path("customers")}>{t("imports.openCustomers")}</Link></Empty>}
    </>
  );
}

/** Rows that were left out are kept for some days; what stood in them may be anybody's data. */
function LeftOut({ it }: { it: ImportDetail }) {
  const t = useT();
  return it.bad_rows_until === null ? <Empty title={t("imports.badForgotten")} /> : <BadRows it={it} until={it.bad_rows_until} />;
}

function BadRows({ it, until }: { it: ImportDetail; until: string }) {
  const t = useT();
  const rows = useBadRows(it.id);
  const take = useMutation({ mutationFn: () => download(`/api/v1/imports/${String(it.id)}/bad-rows.csv`, `${it.name.replace(/\.[^.]+$/, "")}-bad-rows.csv`) });
  const columns: Column<BadRow>[] = [
    { key: "line", title: t("imports.line"), width: 90, number: true, phone: "labelled", render: (each) => whole(each.line) },
    { key: "why", title: t("imports.reason"), phone: "lead", render: (each) => <span className="wrap">{each.reason}</span> },
    { key: "content", title: t("imports.rowContent"), width: "45%", render: (each) => <code className="clip" style={{ display: "block" }} title={each.content}>{each.content}</code> },
  ];
  return (
    <Panel
      flush
      title={t("imports.rowsBad")}
      note={t("imports.doneBad", { n: whole(it.rows_bad), until: day(until) })}
      extra={
        <Button icon={<DownloadOutlined />} loading={take.isPending} onClick={() => { take.mutate(); }}>
          {t("imports.downloadBad")}
        </Button>
      }
    >
      {take.error && (
        <div className="panel-body">
          <Refused error={take.error} />
        </div>
      )}
      <Rows label={t("imports.rowsBad")} query={rows} columns={columns} rowKey={(each) => `${String(each.line)} ${each.reason}`} empty={<Empty title={t("imports.allGood")} />} />
    </Panel>
  );
}
