import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT, type MessageKey } from "@/i18n";
import { whole } from "@/i18n/format";
import { Figure } from "@/ui/Figure";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";

import type { TransferPreview } from "./transfersApi";

const held = ["lost", "pending", "too_often"] as const;
const limitKeys = ["transfers_per_90_days", "group_transfers_per_90_days", "transfer_refusal_hours", "group_transfers_per_owner_and_day"] as const;

/** What handing over would come to: who goes, who cannot and why, and by which limits. */
export function Ahead({ asked, preview }: { asked: boolean; preview: UseQueryResult<TransferPreview> }) {
  const t = useT();
  if (!asked) return <p className="quiet">{t("transfers.previewFirst")}</p>;
  if (preview.error) return <Refused error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <BlockSkeleton lines={5} />;
  const found = preview.data;
  return (
    <div className="stack" aria-live="polite" aria-busy={preview.isFetching}>
      <div className="figures">
        <Figure label={t(found.is_resigned ? "transfers.resigned" : "transfers.onJob")} value={found.goes} note={t("transfers.goes")} />
        {held.reduce((sum, each) => sum + found[each], 0) > 0 && <Figure label={t("transfers.held")} value={held.reduce((sum, each) => sum + found[each], 0)} />}
        {found.groups > 0 && <Figure label={t("transfers.groups")} value={found.groups} />}
      </div>
      {found.goes > 0 && <p className="quiet">{t("transfers.goesNote")}</p>}
      <Worth found={found} />
      <Shown found={found} />
      <Limits found={found} />
    </div>
  );
}

/** What is worth knowing, each in a sentence. */
function Worth({ found }: { found: TransferPreview }) {
  const t = useT();
  const most = found.limits.find((each) => each.name === "group_transfers_per_owner_and_day")?.value ?? 0;
  const lines: [MessageKey, number][] = [
    ["transfers.notHers", found.not_hers],
    ["transfers.handedLately", found.was_handed_over],
    ["transfers.refusedLately", found.has_refused],
    ["transfers.knowsTaker", found.knows_taker],
    ["transfers.groupsHeld", found.groups_held],
  ];
  if (found.groups > found.groups_today) lines.push(["transfers.groupsToday", found.groups_today], ["transfers.groupsLater", found.groups - found.groups_today]);
  const said = lines.filter(([, n]) => n > 0);
  if (said.length === 0) return null;
  return (
    <ul className="stack tight">
      {said.map(([key, n]) => (
        <li key={key} className="quiet">{t(key, { n: whole(n), most: whole(most) })}</li>
      ))}
    </ul>
  );
}

/** Those by name who cannot go, or of whom there is something to know. */
function Shown({ found }: { found: TransferPreview }) {
  const t = useT();
  const { path } = useMember();
  if (found.shown.length === 0) return null;
  return (
    <section className="stack tight">
      <h3>{t("transfers.some")}</h3>
      <ul className="transfer-shown">
        {found.shown.map((each) => (
          <li key={each.customer} className="row apart wrapping">
            <Link to={path(`customers/${String(each.customer)}`)}>{each.name || `#${String(each.customer)}`}</Link>
            <span className="small faint">{t(`transfers.why_${each.why}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Limits({ found }: { found: TransferPreview }) {
  const t = useT();
  return (
    <section className="stack tight">
      <h3>{t("transfers.limits")}</h3>
      <ul className="stack tight small faint">
        {limitKeys.map((name) => {
          const limit = found.limits.find((each) => each.name === name);
          return limit && <li key={name}>{t(`transfers.limit_${name}`, { n: limit.value })} · {t("transfers.limitSeen", { at: limit.seen })}</li>;
        })}
      </ul>
    </section>
  );
}
