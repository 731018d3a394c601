import { Button, Input } from "antd";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Page } from "@/ui/Page";
import { Refused } from "@/ui/Refused";
import { useDebounced } from "@/ui/useDebounced";
import { useNarrow } from "@/ui/useNarrow";

import { Canvas } from "./Canvas";
import { CanvasBar } from "./CanvasBar";
import { ENTRY, readGraph, writeGraph, type Graph } from "./graph";
import { FaceLink } from "./faces/FaceLink";
import "./journeys.css";
import { useCounts, useProblems, useSaveDraft, type Journey } from "./journeysApi";
import { OneJourney } from "./OneJourney";
import { SidePanel } from "./SidePanel";
import { Standing } from "./Standing";
import { TurnActions } from "./TurnActions";
import { useHistory } from "./useHistory";
import { useProblemWords } from "./useProblemWords";

/** One journey as a canvas: drawn, looked over, watched while people move through it. */
export function JourneyPage() {
  return <OneJourney>{(found) => <Inside key={found.id} journey={found} />}</OneJourney>;
}

function Inside({ journey }: { journey: Journey }) {
  const t = useT();
  const { path, may } = useMember();
  const narrow = useNarrow();
  const history = useHistory<Graph>(readGraph(journey.graph));
  const [search, setSearch] = useSearchParams();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(search.get("node") ? [search.get("node") ?? ENTRY] : []));
  const live = journey.state === "active" || journey.state === "paused";
  const editable = may("journeys.write") && journey.state !== "ended" && !narrow;
  const graph = history.now;
  const still = useDebounced(graph, 600);
  const counts = useCounts(journey.id, live).data ?? [];
  const problems = (useProblems(journey.id, writeGraph(still)).data ?? []).map(useProblemWords());
  const saving = useAutosave(journey, still, editable);
  const choose = (ids: ReadonlySet<string>) => {
    setChosen(ids);
    setSearch((before) => {
      const [only] = ids;
      if (only !== undefined && ids.size === 1) before.set("node", only);
      else before.delete("node");
      return before;
    }, { replace: true });
  };
  const [only] = chosen;
  const one = chosen.size === 1 ? only : undefined;
  return (
    <Page title={journey.name} back={{ to: path("journeys"), label: t("journeys.title") }} answer={<Standing journey={journey} />} actions={<><FaceLink journey={journey} /><Looks journey={journey} /><TurnActions journey={journey} problems={problems} unsaved={saving.unsaved || still !== graph} /></>}>
      <CanvasBar history={history} editable={editable} problems={problems} journey={journey} saving={saving} onChoose={(id) => { choose(new Set([id])); }} />
      <Refused error={saving.error} />
      <div className={one === undefined ? "journey alone" : "journey"}>
        <Canvas graph={graph} holdout={Number(journey.holdout_percent)} counts={counts} problems={problems} editable={editable} chosen={chosen} onChoose={choose} onGraph={history.change} onUndo={history.undo} onRedo={history.redo} />
        {one !== undefined && <SidePanel journey={journey} graph={graph} counts={counts} problems={problems} editable={editable} chosen={one} onChoose={(id) => { choose(new Set([id])); }} onGraph={history.change} />}
      </div>
      {editable && <RenameLine key={journey.name} journey={journey} />}
    </Page>
  );
}

/** What it would do, and what it did. */
function Looks({ journey }: { journey: Journey }) {
  const t = useT();
  const { path } = useMember();
  const at = path(`journeys/${String(journey.id)}`);
  return (
    <>
      {journey.view === "campaign" && journey.state !== "draft" && <Link to={path(`campaigns/${String(journey.id)}`)}><Button tabIndex={-1}>{t("campaigns.progress")}</Button></Link>}
      {journey.view !== "campaign" && journey.state !== "ended" && <Link to={`${at}/dry-run`}><Button tabIndex={-1}>{t("dryRun.open")}</Button></Link>}
      {journey.view !== "campaign" && journey.state !== "draft" && <Link to={`${at}/effect`}><Button tabIndex={-1}>{t("effect.open")}</Button></Link>}
    </>
  );
}

/** What stands there is kept as the draft by itself; nothing of it runs before it is activated. */
function useAutosave(journey: Journey, graph: Graph, editable: boolean) {
  const save = useSaveDraft(journey.id);
  const written = JSON.stringify(writeGraph(graph));
  const [kept, setKept] = useState(() => JSON.stringify(writeGraph(readGraph(journey.graph))));
  const { mutate } = save;
  useEffect(() => {
    if (!editable || written === kept) return;
    mutate({ graph: writeGraph(graph) }, { onSuccess: () => { setKept(written); } });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is written says when the graph is another
  }, [editable, written, kept, mutate]);
  return { unsaved: editable && written !== kept, busy: save.isPending, error: save.error };
}

function RenameLine({ journey }: { journey: Journey }) {
  const t = useT();
  const [name, setName] = useState(journey.name);
  const save = useSaveDraft(journey.id);
  return (
    <div className="row wrapping">
      <Input aria-label={t("common.name")} value={name} maxLength={100} onChange={(event) => { setName(event.target.value); }} style={{ width: 280 }} />
      <Button disabled={name.trim() === "" || name.trim() === journey.name} loading={save.isPending} onClick={() => { save.mutate({ name: name.trim() }); }}>
        {t("journeys.rename")}
      </Button>
      <Refused error={save.error} />
    </div>
  );
}
