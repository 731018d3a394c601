import { useT } from "@/i18n";
import { State } from "@/ui/State";

import type { Finding } from "./wecomApi";
import "./wecom.css";

const moods = { fine: "good", wrong: "bad", unsure: "busy" } as const;

/** What a look at the set-up found, what is wrong first. */
export function Findings({ findings }: { findings: Finding[] }) {
  const t = useT();
  const order = { wrong: 0, unsure: 1, fine: 2 };
  const sorted = [...findings].sort((one, other) => order[one.state] - order[other.state]);
  const open = findings.filter((each) => each.state !== "fine").length;
  return (
    <div className="stack tight">
      <p role="status">{open === 0 ? t("wecom.fine", { n: findings.length }) : t("wecom.wrongs", { n: open })}</p>
      <ul className="findings" aria-label={t("wecom.look")}>
        {sorted.map((each) => (
          <li key={each.name} className="finding">
            <span className="finding-name">
              <State mood={moods[each.state]}>{t(`wecom.finding_${each.state}`)}</State>
              <strong>{each.label}</strong>
            </span>
            <span className="stack" style={{ gap: 2 }}>
              <span>{each.said}</span>
              {each.state !== "fine" && <span className="small faint">{t("wecom.changeAt", { place: each.place })}</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
