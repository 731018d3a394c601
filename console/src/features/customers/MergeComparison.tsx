import type { components } from "@/api/schema";
import { useT } from "@/i18n";

import { useAttributes } from "./customersApi";

/** What two customers have, and what they would have as one. */
export function MergeComparison({ plan }: { plan: components["schemas"]["CustomerMergePreviewOut"] }) {
  const t = useT();
  const words = useAttributes();
  const say = (name: string) => words.data?.items.find((each) => each.name === name)?.label ?? name;
  return (
    <div className="stack tight">
      <p>{t("customers.mergePlan", { identities: plan.identities, relations: plan.relations, dependants: plan.dependants })}</p>
      {plan.disputed.length > 0 && <p className="warn">{t("customers.mergeDisputed", { kinds: plan.disputed.join("、") })}</p>}
      {plan.attributes.length > 0 && (
        <table className="compare">
          <thead>
            <tr>
              <th aria-label={t("customers.facts")} />
              <th scope="col">{t("customers.mergeHere")}</th>
              <th scope="col">{t("customers.mergeThere")}</th>
              <th scope="col">{t("customers.mergeResult")}</th>
            </tr>
          </thead>
          <tbody>
            {plan.attributes.map((each) => (
              <tr key={each.name}>
                <th scope="row">{say(each.name)}</th>
                <td>{told(each.winner)}</td>
                <td>{told(each.loser)}</td>
                <td className="strong">{told(each.result)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function told(value: unknown): string {
  if (value === null || value === undefined || value === "") return "—";
  if (Array.isArray(value)) return value.map(told).join("、");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
