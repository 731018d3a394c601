import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { Panel } from "@/ui/Panel";
import { When } from "@/ui/When";

import { useLosses, type Loss, type Period } from "./teamApi";

/** Friends that were lost: whose, and who ended it. */
export function Losses({ period }: { period: Period }) {
  const t = useT();
  const losses = useLosses(period);
  return (
    <Panel flush title={t("guides.losses")} note={t("guides.lossesNote")}>
      <Answered query={losses}>
        {(data) =>
          data.items.length === 0 ? (
            <p className="faint" style={{ padding: "8px 16px 16px" }}>{t("guides.noLosses")}</p>
          ) : (
            <ul className="sidebar-lines">
              {data.items.map((each) => (
                <Line key={each.at + String(each.customer) + String(each.staff)} loss={each} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}

function Line({ loss }: { loss: Loss }) {
  const t = useT();
  const { path } = useMember();
  const name = loss.customer_name || (loss.customer ? `#${String(loss.customer)}` : t("guides.outOfSight"));
  return (
    <li>
      <span className="grow wrap">
        {loss.customer ? <Link to={path(`customers/${String(loss.customer)}`)}>{name}</Link> : name}
        <span className={loss.by === "staff" ? "harm" : "quiet"}> {t(loss.by === "staff" ? "guides.byStaff" : "guides.byCustomer", { name: loss.staff_name || `#${String(loss.staff)}` })}</span>
      </span>
      <span className="small faint"><When at={loss.at} /></span>
    </li>
  );
}
