import type { components } from "@/api/schema";
import { useSpeech, useWord } from "@/i18n";

import { inWords, noted, type Noted } from "./auditNoted";

import "./audit.css";

/** What was noted of an act: in a line of words, and thing by thing beneath it. */
export function AuditDetail({ detail }: { detail: components["schemas"]["AuditOut"]["detail"] }) {
  const tell = useTelling();
  const named = detail["name"];
  const things = noted(detail).map((each) => ({ ...tell(each), key: each.name }));
  const short = typeof named === "string" ? named : things.map((each) => `${each.label} ${each.value}`).join(" · ");
  return (
    <details>
      <summary className={typeof named === "string" ? "clip quiet" : "clip faint"}>{short}</summary>
      <dl className="audit-detail">
        {things.map(({ key, label, value }) => (
          <div key={key}>
            <dt className="faint">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function useTelling(): (each: Noted) => { label: string; value: string } {
  const word = useWord();
  const { t, language } = useSpeech();
  const said = { yes: t("common.yes"), no: t("common.no"), none: t("common.none"), comma: language === "zh-CN" ? "、" : ", " };
  return (each) => {
    const worded = (value: string) => word(`audit.values.${each.name}.${value}`);
    const is = inWords(each.is, worded, said);
    return {
      label: word(`audit.details.${each.name}`) ?? each.name,
      value: "was" in each ? `${inWords(each.was, worded, said)} → ${is}` : is,
    };
  };
}
