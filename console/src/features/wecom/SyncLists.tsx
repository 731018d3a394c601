import { Button } from "antd";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { Refused } from "@/ui/Refused";
import { Rows, type Column } from "@/ui/Rows";
import { When } from "@/ui/When";

import { useRetry, useSyncFailures, useSyncGaps, type SyncFailure, type SyncGap } from "./syncApi";

/** What could not be brought over, with why; each can be tried again. */
export function SyncFailures({ corp }: { corp: number }) {
  const t = useT();
  const { may } = useMember();
  const failures = useSyncFailures(corp);
  const retry = useRetry(corp);
  if (itemsOf(failures).length === 0 && !failures.error) return null;
  const columns: Column<SyncFailure>[] = [
    { key: "subject", title: t("sync.what"), width: 110, render: (row) => t(`sync.subject_${row.subject}`), phone: "lead" },
    { key: "key", title: t("sync.which"), width: 240, render: (row) => <code className="breaks">{row.key}</code> },
    { key: "why", title: t("sync.why"), render: (row) => row.why },
    { key: "at", title: t("sync.last"), width: 130, render: (row) => <When at={row.at} /> },
  ];
  if (may("wecom.write")) {
    columns.push({
      key: "again",
      title: "",
      width: 90,
      render: (row) => (
        <Button size="small" loading={retry.isPending && retry.variables === row.id} onClick={() => { retry.mutate(row.id); }}>
          {t("sync.again")}
        </Button>
      ),
    });
  }
  return (
    <section className="stack tight">
      <h3>{t("sync.failures")}</h3>
      <Refused error={retry.error} />
      <Rows label={t("sync.failures")} query={failures} columns={columns} rowKey={(row) => row.id} empty={null} />
    </section>
  );
}

/** Differences that no notice told of; the sync found and repaired them. */
export function SyncGaps({ corp }: { corp: number }) {
  const t = useT();
  const gaps = useSyncGaps(corp);
  if (itemsOf(gaps).length === 0 && !gaps.error) return null;
  const columns: Column<SyncGap>[] = [
    { key: "subject", title: t("sync.what"), width: 110, render: (row) => t(`sync.subject_${row.subject}`), phone: "lead" },
    { key: "kind", title: t("sync.how"), width: 150, render: (row) => t(`sync.gap_${row.kind}`) },
    { key: "key", title: t("sync.which"), render: (row) => <code className="breaks">{row.key}</code> },
    { key: "at", title: t("sync.found"), width: 130, render: (row) => <When at={row.at} /> },
  ];
  return (
    <section className="stack tight">
      <h3>{t("sync.gaps")}</h3>
      <p className="quiet">{t("sync.gapsHint")}</p>
      <Rows label={t("sync.gaps")} query={gaps} columns={columns} rowKey={(row) => row.id} empty={null} />
    </section>
  );
}
