import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { When } from "@/ui/When";

import type { Reason } from "../guidesApi";

/** Why now: each reason, with the facts it was computed from behind it. */
export function Why({ reasons }: { reasons: Reason[] }) {
  const t = useT();
  return (
    <Panel title={t("guides.whyNow")}>
      {reasons.length === 0 && <p className="faint">{t("guides.noReason")}</p>}
      <ul className="why">
        {reasons.map((each) => (
          <li key={each.kind + each.said} className={each.kind === "care" ? "care" : undefined}>
            <details>
              <summary>{each.said}</summary>
              <ul>
                {each.facts.map((fact) => (
                  <li key={fact.said + (fact.at ?? "")}>
                    {fact.said} {fact.at && <When at={fact.at} />}
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
