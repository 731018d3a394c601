import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { Panel } from "@/ui/Panel";
import { When } from "@/ui/When";

import { useAudiencesOf } from "./customersApi";

/** Which audiences a customer is in; each opens with the reason why. */
export function AudiencesPanel({ customerId }: { customerId: number }) {
  const { may } = useMember();
  return may("audiences.read") ? <Inside customerId={customerId} /> : null;
}

function Inside({ customerId }: { customerId: number }) {
  const t = useT();
  const { path } = useMember();
  const audiences = useAudiencesOf(customerId);
  return (
    <Panel title={t("customers.audiences")}>
      <Answered query={audiences}>
        {(found) =>
          found.length === 0 ? (
            <p className="faint">{t("customers.noAudiences")}</p>
          ) : (
            <ul className="lines">
              {found.map((each) => (
                <li key={each.audience_id}>
                  <Link className="grow clip" to={path(`audiences/${String(each.audience_id)}?why=${String(customerId)}`)}>
                    {each.name}
                  </Link>
                  <span className="small faint"><When at={each.since} /></span>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}
