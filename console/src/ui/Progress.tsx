import { useEffect, useState } from "react";

import { useT } from "@/i18n";
import { percent, whole } from "@/i18n/format";

/** How far long work is, how fast it goes, how much time it still needs. */
export function Progress({ done, total, since }: { done: number; total: number | null; since: string | null }) {
  const t = useT();
  const share = total ? Math.min(1, done / total) : null;
  const rate = useRate(done, since);
  const left = total && rate > 0 ? (total - done) / rate : null;
  return (
    <div className="stack" style={{ gap: 4 }}>
      <div className={share === null ? "progress unknown" : "progress"} role="progressbar" aria-valuemin={0} aria-valuemax={100} aria-valuenow={share === null ? undefined : Math.round(share * 100)} aria-label={t("settings.jobProgress")}>
        <span style={{ width: share === null ? "100%" : percent(share, 1) }} />
      </div>
      <span className="small faint tabular">
        {total === null ? whole(done) : `${whole(done)} / ${whole(total)}`}
        {left !== null && ` · ${t("settings.jobRate", { rate: whole(Math.round(rate)), left: lasting(left, t) })}`}
      </span>
    </div>
  );
}

/** Steps a second since the start, taken whenever there is news. */
function useRate(done: number, since: string | null): number {
  const [rate, setRate] = useState(0);
  useEffect(() => {
    const seconds = since ? Math.max(1, (Date.now() - new Date(since).getTime()) / 1000) : 0;
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the clock is outside of React
    setRate(seconds > 0 ? done / seconds : 0);
  }, [done, since]);
  return rate;
}

function lasting(seconds: number, t: ReturnType<typeof useT>): string {
  if (seconds < 3600) return t("common.minutes", { n: Math.max(1, Math.ceil(seconds / 60)) });
  return seconds < 86_400 ? t("common.hours", { n: Math.ceil(seconds / 3600) }) : t("common.days", { n: Math.ceil(seconds / 86_400) });
}
