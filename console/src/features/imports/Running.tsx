import { Button } from "antd";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { percent, whole } from "@/i18n/format";
import { Figure } from "@/ui/Figure";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";

import { useStop, type ImportDetail } from "./importsApi";
import { useLasting } from "./words";

/** An import on its way: how far, how fast, how long still. */
export function Running({ it }: { it: ImportDetail }) {
  const t = useT();
  const lasting = useLasting();
  const { may } = useMember();
  const stop = useStop(it.id);
  return (
    <Panel>
      <div className="stack">
        <div className="row apart wrapping">
          <span className="tabular strong">{percent(it.share)}</span>
          <span className="quiet tabular">
            {[
              it.rows_per_second !== null && t("imports.rate", { n: whole(Math.round(it.rows_per_second)) }),
              it.seconds_left !== null && t("imports.left", { time: lasting(it.seconds_left) }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </div>
        <div className={it.share === 0 ? "progress unknown" : "progress"} role="progressbar" aria-label={it.name} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(it.share * 100)}>
          <span style={{ width: it.share === 0 ? "100%" : percent(it.share, 1) }} />
        </div>
        <div className="figures">
          <Figure label={t("imports.rowsIn")} value={it.rows_in} />
          <Figure label={t("imports.rowsKnown")} value={it.rows_known} />
          <Figure label={t("imports.rowsBad")} value={it.rows_bad} />
        </div>
        <p className="quiet">{t("imports.goOn")}</p>
        <Refused error={stop.error} />
        {may("imports.write") && (
          <div>
            {stop.isSuccess ? (
              <span role="status">{t("imports.stopping")}</span>
            ) : (
              <Button loading={stop.isPending} onClick={() => { stop.mutate(); }}>
                {t("imports.stop")}
              </Button>
            )}
          </div>
        )}
      </div>
    </Panel>
  );
}
