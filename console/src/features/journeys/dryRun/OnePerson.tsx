import { useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { exact } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { PersonPick } from "@/ui/PersonPick";
import { State } from "@/ui/State";

import { readGraph, type Graph } from "../graph";
import type { Journey } from "../journeysApi";
import { useDryRunOfOne, type Entry, type EntryStep } from "./dryRunApi";
import { useOutcomes } from "./useOutcomes";

/** One customer stepped through: when, which way, what the gate would have said. */
export function OnePerson({ journey, days }: { journey: Journey; days: number }) {
  const t = useT();
  const { may } = useMember();
  const [search, setSearch] = useSearchParams();
  const person = Number(search.get("person")) || null;
  const entries = useDryRunOfOne(journey, person, days);
  const graph = readGraph(journey.graph);
  const pick = (id: number | null) => {
    setSearch((before) => {
      if (id === null) before.delete("person");
      else before.set("person", String(id));
      return before;
    }, { replace: true });
  };
  return (
    <Panel title={t("dryRun.person")}>
      <div className="stack">
        {may("customers.read") && (
          <div style={{ maxWidth: 320 }}>
            <PersonPick value={person} onPick={pick} waits />
          </div>
        )}
        {person === null ? (
          <p className="quiet">{t("dryRun.personWaits")}</p>
        ) : (
          <Answered query={entries}>
            {(found) => (found.length === 0 ? <Empty title={t("dryRun.personNone", { days })} hint={t("dryRun.personNoneHint")} /> : <>{found.map((entry, place) => <Walked key={entry.entered_at} graph={graph} entry={entry} place={place} of={found.length} />)}</>)}
          </Answered>
        )}
      </div>
    </Panel>
  );
}

function Walked({ graph, entry, place, of }: { graph: Graph; entry: Entry; place: number; of: number }) {
  const t = useT();
  return (
    <section className="walked" aria-label={of > 1 ? t("dryRun.entry", { n: place + 1 }) : t("dryRun.entryOnly")}>
      <ol>
        <li>
          <span className="walked-at tabular small faint">{exact(entry.entered_at)}</span>
          <span className="strong">{of > 1 ? t("dryRun.entry", { n: place + 1 }) : t("dryRun.entryOnly")}</span>
        </li>
        {entry.steps.map((step, at) => <Step key={at} graph={graph} step={step} />)}
      </ol>
    </section>
  );
}

function Step({ graph, step }: { graph: Graph; step: EntryStep }) {
  const t = useT();
  const { title, outcome } = useOutcomes(graph);
  return (
    <li className={step.at === null ? "still" : undefined}>
      <span className="walked-at tabular small faint">{step.at === null ? "" : exact(step.at)}</span>
      <span className="stack" style={{ gap: 2 }}>
        <span className="wrap">{title(step.node)}</span>
        <span className="small quiet">{step.at === null ? t("dryRun.stillHere") : outcome(step.node, step.outcome)}</span>
        {step.gate !== null && step.gate !== undefined && <GateWord step={step} />}
      </span>
    </li>
  );
}

function GateWord({ step }: { step: EntryStep }) {
  const t = useT();
  if (step.gate === "") return <State mood="good">{t("dryRun.gateGoes")}</State>;
  if (step.gate === "deferred") return <State mood="busy">{t("dryRun.gateDeferred")}</State>;
  return <State mood="bad">{t("dryRun.gateBlocked", { why: step.gate_sentence })}</State>;
}
