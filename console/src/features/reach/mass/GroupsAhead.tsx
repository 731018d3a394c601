import type { UseQueryResult } from "@tanstack/react-query";

import { useT } from "@/i18n";
import { minute, whole } from "@/i18n/format";
import { Figure } from "@/ui/Figure";
import { Notice } from "@/ui/Notice";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";

import { Cap } from "./Cap";
import type { GroupsPlanned, OwnerStanding } from "./massApi";

/** What a message to groups would come to: how many, by whose hand, and how each owner stands with the limits. */
export function GroupsAhead({ asked, preview, at }: { asked: boolean; preview: UseQueryResult<GroupsPlanned>; at: string | null }) {
  const t = useT();
  if (!asked) return <p className="quiet">{t("mass.chooseFirst")}</p>;
  if (preview.error) return <Refused error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <BlockSkeleton lines={5} />;
  const found = preview.data;
  const late = at === null ? new Date(found.at).getTime() - preview.dataUpdatedAt > 60_000 : found.at > at;
  return (
    <div className="stack" aria-live="polite" aria-busy={preview.isFetching}>
      <div className="figures">
        <Figure label={t("mass.groupsGo")} value={found.count} note={t("mass.inThem", { n: whole(found.people) })} />
        <Figure label={t("mass.ownersGo")} value={found.owners.filter((each) => each.groups > each.held).length} note={t("mass.eachConfirms")} />
        {found.held > 0 && <Figure label={t("mass.heldGroups")} value={found.held} />}
      </div>
      {late && <Notice>{t("mass.putOff", { at: minute(found.at) })}</Notice>}
      <Held found={found} />
      <section className="stack tight">
        <h3>{t("mass.ownersStand")}</h3>
        <div className="owners-stand" role="region" tabIndex={0} aria-label={t("mass.ownersStand")}>
          <ul>
            {found.owners.map((each) => (
              <Owner key={each.staff} owner={each} />
            ))}
          </ul>
        </div>
      </section>
    </div>
  );
}

function Owner({ owner }: { owner: OwnerStanding }) {
  const t = useT();
  return (
    <li className="stack" style={{ gap: 2 }}>
      <span className="row apart">
        <span className="strong clip">{owner.name}</span>
        <span className="small tabular">
          {t("mass.nGroups", { n: whole(owner.groups) })} · {t("common.people", { n: whole(owner.people) })}
        </span>
      </span>
      <span className="row wrapping small quiet">
        {owner.caps.map((cap) => (
          <Cap key={cap.sentence} cap={cap} thing="groups" />
        ))}
        {owner.held > 0 && <span className="harm">{t("mass.heldOf", { n: whole(owner.held) })}</span>}
      </span>
    </li>
  );
}

/** Why some are left out: each reason once, with the groups it holds back. */
function Held({ found }: { found: GroupsPlanned }) {
  const t = useT();
  const held = found.groups.filter((each) => each.reason !== "");
  const reasons = [...new Set(held.map((each) => each.why))];
  if (held.length === 0) return null;
  return (
    <section className="stack tight">
      <h3>{t("mass.heldGroups")}</h3>
      <ul className="stack tight small">
        {reasons.map((why) => {
          const names = held.filter((each) => each.why === why).map((each) => each.name || `#${String(each.group)}`);
          return (
            <li key={why}>
              <span>{why}</span> <span className="faint">{names.slice(0, 5).join("、")}{names.length > 5 ? ` … ${whole(names.length)}` : ""}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
