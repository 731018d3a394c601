import { useState } from "react";

import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Panel } from "@/ui/Panel";

import { Canvas } from "../Canvas";
import { ENTRY, type Graph } from "../graph";
import type { Opened } from "./Behind";
import { Count } from "./Count";
import type { Tried } from "./dryRunApi";
import { countsOf, peopleAt, totalsOf } from "./tried";
import { useOutcomes } from "./useOutcomes";
import { Verdicts } from "./Verdicts";

const nothing = () => undefined;

/** The journey drawn with what would have happened in it; a step says more beside it. */
export function Picture({ graph, tried, onOpen }: { graph: Graph; tried: Tried; onOpen: (opened: Opened) => void }) {
  const t = useT();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [only] = chosen;
  return (
    <div className="journey dry">
      <Canvas graph={graph} counts={countsOf(tried)} problems={[]} editable={false} chosen={chosen} onChoose={(ids) => { setChosen(new Set([...ids].slice(-1))); }} onGraph={nothing} onUndo={nothing} onRedo={nothing} />
      <aside className="journey-side">
        {only === undefined || only === ENTRY ? (
          <Gate tried={tried} hint={t("dryRun.choose")} onOpen={onOpen} />
        ) : (
          <StepSide graph={graph} tried={tried} id={only} onOpen={onOpen} />
        )}
      </aside>
    </div>
  );
}

/** What the gate would have said of all messages together. */
export function Gate({ tried, hint, onOpen }: { tried: Tried; hint?: string; onOpen: (opened: Opened) => void }) {
  const t = useT();
  const { verdicts } = totalsOf(tried);
  return (
    <Panel {...(verdicts.length > 0 ? { title: t("dryRun.gate"), note: t("dryRun.gateNote") } : {})}>
      <div className="stack">
        {verdicts.length > 0 && <Verdicts verdicts={verdicts} onOpen={onOpen} />}
        {hint && <p className="small faint">{hint}</p>}
      </div>
    </Panel>
  );
}

function StepSide({ graph, tried, id, onOpen }: { graph: Graph; tried: Tried; id: string; onOpen: (opened: Opened) => void }) {
  const t = useT();
  const { title, outcome } = useOutcomes(graph);
  const here = tried.places.filter((each) => each.node === id && each.count > 0);
  const of = (what: string) => here.find((each) => each.what === what)?.count ?? 0;
  const lines = [
    { key: "in", label: t("dryRun.came"), count: of("in") },
    ...here.filter((each) => each.what !== "in" && each.what !== "waiting").map((each) => ({ key: each.what, label: outcome(id, each.what), count: each.count })),
    { key: "waiting", label: t("dryRun.here"), count: of("waiting") },
  ];
  const gate = tried.gate[id];
  return (
    <>
      <Panel title={title(id)}>
        <ul className="dry-lines">
          {lines.map((each) => (
            <li key={each.key} className="row apart">
              <span className="wrap">{each.label}</span>
              <Count count={each.count} what={`${title(id)} · ${each.label}`} people={peopleAt(tried, id, each.key)} onOpen={onOpen} />
            </li>
          ))}
        </ul>
      </Panel>
      {gate && (
        <Panel title={t("dryRun.gate")} note={t("dryRun.messages", { n: whole(tried.sends[id] ?? 0) })}>
          <Verdicts verdicts={gate} onOpen={onOpen} />
        </Panel>
      )}
    </>
  );
}
