import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { listed } from "@/i18n/format";

import { useAttributes } from "./customersApi";
import { useKindWords } from "./useKindWords";
import { useValueWords } from "./useValueWords";

/** What two customers have, and what they would have as one. */
export function MergeComparison({ plan }: { plan: components["schemas"]["CustomerMergePreviewOut"] }) {
  const t = useT();
  const words = useAttributes();
  const sayKind = useKindWords();
  const sayValue = useValueWords();
  const wordOf = (name: string) => words.data?.items.find((each) => each.name === name);
  const told = (name: string, value: unknown) => {
    if (value === null || value === undefined || value === "") return "—";
    const word = wordOf(name);
    return word ? sayValue(word, value) : String(value);
  };
  return (
    <div className="stack tight">
      <p>{t("customers.mergePlan", { identities: plan.identities, relations: plan.relations, dependants: plan.dependants })}</p>
      {plan.disputed.length > 0 && <p className="warn">{t("customers.mergeDisputed", { kinds: listed(plan.disputed.map(sayKind)) })}</p>}
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
                <th scope="row">{wordOf(each.name)?.label ?? each.name}</th>
                <td>{told(each.name, each.winner)}</td>
                <td>{told(each.name, each.loser)}</td>
                <td className="strong">{told(each.name, each.result)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
