import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Table, type Column } from "@/ui/Rows";

import { inOrder, peopleAt } from "./tried";
import type { Graph } from "../graph";
import type { Opened } from "./Behind";
import { Count } from "./Count";
import type { Tried, Verdict } from "./dryRunApi";
import { useOutcomes } from "./useOutcomes";
import { useVerdictWord } from "./Verdicts";

interface Line {
  id: string;
  came: number;
  here: number;
  left: { what: string; count: number }[];
  gate: Verdict[];
}

/** The same as a list: each step, who came, how they left, what the gate would have said. */
export function StepList({ graph, tried, onOpen }: { graph: Graph; tried: Tried; onOpen: (opened: Opened) => void }) {
  const t = useT();
  const { title, outcome, kind } = useOutcomes(graph);
  const said = useVerdictWord();
  const lines: Line[] = inOrder(graph).map((id) => {
    const here = tried.places.filter((each) => each.node === id);
    const of = (what: string) => here.find((each) => each.what === what)?.count ?? 0;
    return { id, came: of("in"), here: of("waiting"), left: here.filter((each) => each.what !== "in" && each.what !== "waiting"), gate: tried.gate[id] ?? [] };
  });
  const count = (line: Line, what: string, label: string, n: number) => <Count count={n} what={`${title(line.id)} · ${label}`} people={peopleAt(tried, line.id, what)} onOpen={onOpen} />;
  const columns: Column<Line>[] = [
    { key: "node", title: t("dryRun.node"), phone: "lead", width: "30%", render: (line) => <span className="clip" style={{ display: "block" }} title={title(line.id)}>{title(line.id)}</span> },
    { key: "came", title: t("dryRun.came"), number: true, phone: "labelled", width: 90, render: (line) => count(line, "in", t("dryRun.came"), line.came) },
    { key: "here", title: t("dryRun.here"), number: true, phone: "labelled", width: 100, render: (line) => count(line, "waiting", t("dryRun.here"), line.here) },
    {
      key: "left",
      title: t("dryRun.left"),
      phone: "labelled",
      render: (line) => (line.left.length === 0 ? null : (
        <span className="dry-several">
          {line.left.map((each) => (
            <span key={each.what} className="row">
              <span className="clip">{outcome(line.id, each.what)}</span> {count(line, each.what, outcome(line.id, each.what), each.count)}
            </span>
          ))}
        </span>
      )),
    },
    {
      key: "gate",
      title: t("dryRun.said"),
      phone: "labelled",
      width: "28%",
      render: (line) => (kind(line.id) !== "action" || line.gate.length === 0 ? null : (
        <span className="dry-several">
          {line.gate.map((each) => (
            <span key={each.reason} className="row">
              <span className="wrap">{said(each)}</span> <Count count={each.count} what={said(each)} people={each.people} onOpen={onOpen} />
            </span>
          ))}
        </span>
      )),
    },
  ];
  return (
    <Panel flush>
      <Table label={t("dryRun.view_list")} columns={columns} rows={lines} rowKey={(line) => line.id} />
    </Panel>
  );
}
