import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT, type MessageKey } from "@/i18n";
import { day } from "@/i18n/format";
import { Panel } from "@/ui/Panel";

import type { InFront } from "../guidesApi";

const kinds: Record<string, MessageKey> = { staff: "customers.relationStaff", store: "customers.relationStore", group: "customers.relationGroup", referrer: "customers.relationReferrer" };

/** Who she is with, who lives with her, what she agreed to. */
export function About({ person }: { person: InFront }) {
  const t = useT();
  const { path } = useMember();
  return (
    <>
      <Panel title={t("guides.relations")} extra={<Link to={path(`customers/${String(person.id)}`)}>{t("guides.wholePage")}</Link>}>
        <dl className="facts">
          {person.source && (
            <>
              <dt>{t("guides.source")}</dt>
              <dd>{person.source}</dd>
            </>
          )}
          {person.relations.map((each) => (
            <Related key={each.kind + String(each.target)} label={t(kinds[each.kind] ?? "customers.relationStaff")} name={each.name || `#${String(each.target)}`} since={day(each.since)} />
          ))}
        </dl>
      </Panel>
      {person.household.length > 0 && (
        <Panel title={t("guides.household")}>
          <ul className="stack close">
            {person.household.map((each) => (
              <li key={each.kind + each.name + (each.birthday ?? "")}>
                {[each.name, each.birthday, each.stage].filter(Boolean).join(" · ")}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title={t("guides.consents")}>
        {person.consents.length === 0 && <p className="faint">{t("guides.noConsents")}</p>}
        <ul className="stack close">
          {person.consents.map((each) => (
            <li key={each.purpose + each.channel} className={each.is_granted ? "" : "harm"}>
              {each.purpose} · {each.channel} · {each.is_granted ? t("guides.agreed") : t("guides.refusedIt")}
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}

function Related({ label, name, since }: { label: string; name: string; since: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {name} <span className="small faint tabular">{since}</span>
      </dd>
    </>
  );
}
