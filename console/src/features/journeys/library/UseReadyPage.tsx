import { useNavigate, useParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { AnsweredPage } from "@/ui/AnsweredPage";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";

import { readGraph, withNode, type Graph, type JsonObject } from "../graph";
import { isObject, text } from "../graph";
import "../journeys.css";
import { useLibrary, type Ready } from "./libraryApi";
import "./library.css";
import { Strip } from "./Strip";
import { Story } from "./Story";
import { UseForm } from "./UseForm";

/** One ready journey: what it does step by step, and what has to be said to make it one's own. */
export function UseReadyPage() {
  const t = useT();
  const { path } = useMember();
  const name = useParams()["ready"];
  const library = useLibrary();
  const back = { to: path("journeys/library"), label: t("faces.library") };
  return (
    <AnsweredPage query={library} back={back}>
      {(all) => {
        const found = all.find((each) => each.name === name);
        return found ? <Inside key={found.name} ready={found} back={back} /> : <Page title={t("common.notFoundTitle")} back={back} narrow>{null}</Page>;
      }}
    </AnsweredPage>
  );
}

function Inside({ ready, back }: { ready: Ready; back: { to: string; label: string } }) {
  const t = useT();
  const { path, may } = useMember();
  const navigate = useNavigate();
  const graph = called(readGraph(ready.graph), ready);
  return (
    <Page title={ready.title} answer={ready.about} back={back}>
      <div className="use-ready">
        <Panel title={t("faces.whatHappens")} note={t("faces.readyWho", { who: ready.when })}>
          <div className="strip-scroll"><Strip graph={graph} wide /></div>
          <Story graph={graph} words={Object.fromEntries(ready.copies.map((each) => [each.key, each.words]))} />
        </Panel>
        {may("journeys.write") && <UseForm ready={ready} onMade={(id) => void navigate(path(`journeys/${String(id)}`))} />}
      </div>
    </Page>
  );
}

/** Its sends by the names of their messages, which nobody has written yet. */
function called(graph: Graph, ready: Ready): Graph {
  return Object.entries(graph.nodes).reduce((kept, [id, node]) => {
    const copy = ready.copies.find((each) => each.key === copyOf(node));
    return copy ? withNode(kept, id, { ...node, with: { message: { copy: copy.key, name: copy.name } } }) : kept;
  }, graph);
}

function copyOf(node: JsonObject): string {
  const given = isObject(node["with"]) ? node["with"] : {};
  return isObject(given["message"]) ? text(given["message"]["copy"]) : "";
}
