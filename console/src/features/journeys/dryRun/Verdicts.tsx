import { useT } from "@/i18n";
import { percent } from "@/i18n/format";

import type { Opened } from "./Behind";
import { Count } from "./Count";
import type { Verdict } from "./dryRunApi";
import { goes } from "./tried";

/** What the gate would have said, reason by reason, each with its share of all. */
export function Verdicts({ verdicts, onOpen }: { verdicts: Verdict[]; onOpen: (opened: Opened) => void }) {
  const said = useVerdictWord();
  const all = verdicts.reduce((sum, each) => sum + each.count, 0);
  return (
    <ul className="verdicts">
      {verdicts.map((each) => (
        <li key={each.reason} className={goes(each.reason) ? "goes" : "held"}>
          <span className="row apart top">
            <span className="wrap">{said(each)}</span>
            <Count count={each.count} what={said(each)} people={each.people} onOpen={onOpen} />
          </span>
          <span className="verdict-bar" aria-hidden>
            <span style={{ width: percent(each.count / all, 2) }} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A verdict in words: what goes is said here, what does not by the server. */
export function useVerdictWord(): (verdict: Verdict) => string {
  const t = useT();
  return ({ reason, sentence }) => (reason === "" ? t("dryRun.verdictGoes") : reason === "deferred" ? t("dryRun.verdictDeferred") : sentence);
}
