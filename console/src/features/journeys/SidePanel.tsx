import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Panel } from "@/ui/Panel";

import { useKindItems } from "./AddMenu";
import { byNode, nodeOf } from "./drawn";
import { EntryForm } from "./EntryForm";
import { connect, ENTRY, fresh, insertOn, kinds, waysOf, withNode, without, type Graph } from "./graph";
import type { Journey, NodeCount, Problem } from "./journeysApi";
import { NodeForm } from "./NodeForm";
import { NodePeople } from "./NodePeople";
import { useRuleWords } from "./rules/useRuleWords";
import { standsAtField, WrongAt, wrongAt } from "./rules/wrong";
import { useNodeWords } from "./useNodeWords";

interface SidePanelProps {
  journey: Journey;
  graph: Graph;
  counts: NodeCount[];
  problems: Problem[];
  editable: boolean;
  chosen: string;
  onChoose: (id: string) => void;
  onGraph: (graph: Graph) => void;
}

/** What is chosen on the canvas: what it says, where it leads, who is there. */
export function SidePanel({ journey, graph, counts, problems, editable, chosen, onChoose, onGraph }: SidePanelProps) {
  const t = useT();
  const { may, path } = useMember();
  const words = useNodeWords();
  const node = graph.nodes[chosen];
  const count = byNode(counts).get(chosen);
  const [open, setOpen] = useState(false);
  const mine = problems.filter((each) => nodeOf(each) === chosen);
  const isEntry = chosen === ENTRY;
  if (!node && !isEntry) return null;
  return (
    <aside className="journey-side">
      <Panel
        title={node ? words.kindWord(node.kind) : t("journeys.entry")}
        note={node ? words.saying(node) : words.enters(graph.entry)}
        extra={node && editable && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("common.delete")} onClick={() => { onGraph(without(graph, new Set([chosen]))); onChoose(ENTRY); }} />}
      >
        <div className="stack tight">
          {mine.filter((each) => !editable || !standsAtField(each)).map((each) => (
            <p key={each.field + each.message} className="small harm" role="alert">{each.message}</p>
          ))}
          <WrongAt value={wrongAt(mine, node ? `nodes.${chosen}.` : "")}>
            {editable && node && <NodeForm key={chosen} node={node} onChange={(next) => { onGraph(withNode(graph, chosen, next)); }} />}
            {editable && isEntry && <EntryForm journey={journey} graph={graph} onChange={onGraph} />}
          </WrongAt>
          {!editable && isEntry && <RuleList graph={graph} journey={journey} />}
          {node?.kind === "action" && node["do"] === "journeys.task" && may("customers.read") && (
            <Link to={path(`journeys/tasks?journey=${String(journey.id)}`)}>{t("faces.seeTasks")}</Link>
          )}
          {editable && <Ways graph={graph} from={chosen} onGraph={onGraph} onChoose={onChoose} />}
        </div>
      </Panel>
      {count && may("customers.read") && (
        <Panel title={isEntry ? t("journeys.entered", { n: whole(count.came) }) : t("journeys.hereNow", { n: whole(count.here) })} note={isEntry ? undefined : t("journeys.cameLeft", { came: whole(count.came), left: whole(Object.values(count.left).reduce((sum, each) => sum + each, 0)) })} extra={<Button size="small" onClick={() => { setOpen(!open); }}>{t(open ? "journeys.hidePeople" : "journeys.showPeople")}</Button>}>
          {open && <NodePeople journey={journey.id} node={isEntry ? "" : chosen} held={count.held} />}
        </Panel>
      )}
    </aside>
  );
}

/** What holds at any time, where it can only be read. */
function RuleList({ graph, journey }: { graph: Graph; journey: Journey }) {
  const rules = useRuleWords()(graph.rest, Number(journey.holdout_percent));
  return (
    <ul className="stack close">
      {rules.map((each) => <li key={each} className="quiet">{each}</li>)}
    </ul>
  );
}

/** Where each way of a node leads: another node, a new one, or the end. */
function Ways({ graph, from, onGraph, onChoose }: { graph: Graph; from: string; onGraph: (graph: Graph) => void; onChoose: (id: string) => void }) {
  const t = useT();
  const words = useNodeWords();
  const items = useKindItems();
  const node = graph.nodes[from];
  const ways = node ? waysOf(node).map((way) => ({ ...way, said: words.wayWord(node, way) })) : [{ outcome: "next", to: graph.start, place: "next", name: "", said: "" }];
  const options = Object.entries(graph.nodes).filter(([id]) => id !== from).map(([id, each]) => ({ value: id, label: `${typeof each["name"] === "string" && each["name"] ? each["name"] : words.saying(each)}` }));
  return (
    <div className="node-form">
      {ways.map((way) => (
        <div key={way.place} className="node-field">
          <span className="small quiet">{way.said ? t("journeys.afterWay", { way: way.said }) : t("journeys.then")}</span>
          <span className="row">
            <Select
              aria-label={way.said ? t("journeys.afterWay", { way: way.said }) : t("journeys.then")}
              className="grow"
              value={way.to ?? ""}
              showSearch={{ optionFilterProp: "label" }}
              options={[{ value: "", label: t("journeys.end") }, ...options]}
              onChange={(to) => { onGraph(connect(graph, from, way.place, to || null)); }}
            />
            <Dropdown
              trigger={["click"]}
              menu={{
                items,
                onClick: ({ key }) => {
                  const kind = kinds.find((each) => each === key);
                  if (!kind) return;
                  const made = insertOn(graph, from, way.place, fresh(kind));
                  onGraph(made.graph);
                  onChoose(made.id);
                },
              }}
            >
              <Button icon={<PlusOutlined />} aria-label={t("journeys.addAfter")} title={t("journeys.addAfter")} />
            </Dropdown>
          </span>
        </div>
      ))}
    </div>
  );
}
