import { useT } from "@/i18n";

/** A grey bone in the place of a word that is on its way. */
export function Bone({ width = "60%", height = 12 }: { width?: number | string; height?: number }) {
  return <span className="bone" style={{ width, height }} />;
}

/** The layout of a list before its rows are there. */
export function RowsSkeleton({ rows = 8 }: { rows?: number }) {
  const t = useT();
  return (
    <div role="status" aria-label={t("common.loading")}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="row" style={{ padding: "13px 16px", borderBottom: "1px solid var(--line)", gap: 24 }}>
          <Bone width={`${String(24 + ((row * 7) % 14))}%`} />
          <Bone width="14%" />
          <Bone width="18%" />
          <Bone width="10%" />
        </div>
      ))}
    </div>
  );
}

/** The layout of a page before anything of it is there. */
export function PageSkeleton() {
  const t = useT();
  return (
    <div className="page" role="status" aria-label={t("common.loading")}>
      <Bone width={180} height={22} />
      <Bone width={320} />
      <div className="panel">
        <RowsSkeleton />
      </div>
    </div>
  );
}

export function BlockSkeleton({ lines = 4 }: { lines?: number }) {
  const t = useT();
  return (
    <div className="stack tight" role="status" aria-label={t("common.loading")}>
      {Array.from({ length: lines }, (_, line) => (
        <Bone key={line} width={`${String(88 - ((line * 23) % 50))}%`} height={14} />
      ))}
    </div>
  );
}
