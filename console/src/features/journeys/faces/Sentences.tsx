import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";

import type { Draft } from "./face";
import { linesOf } from "./lines";
import { useFaceWords } from "./useFaceWords";

/** The face read aloud while it is written. */
export function Sentences({ draft }: { draft: Draft }) {
  const t = useT();
  const { line } = useFaceWords();
  const [lead, ...lines] = linesOf(draft);
  return (
    <Panel title={t("faces.reads")}>
      <div aria-live="polite">
        {lead && <p className="quiet">{line(lead)}</p>}
        <ol className="face-lines">
          {lines.map((each, place) => <li key={place}>{line(each)}</li>)}
        </ol>
      </div>
    </Panel>
  );
}
