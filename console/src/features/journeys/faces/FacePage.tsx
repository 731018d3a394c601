import { ApartmentOutlined } from "@ant-design/icons";
import { Button, ConfigProvider } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { AnsweredPage } from "@/ui/AnsweredPage";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";

import { readGraph, writeGraph } from "../graph";
import "../journeys.css";
import { useJourney, useProblems, type Journey } from "../journeysApi";
import { Standing } from "../Standing";
import { TurnActions } from "../TurnActions";
import { useProblemWords } from "../useProblemWords";
import { readFace, written, type Draft } from "./face";
import { FaceForm } from "./FaceForm";
import "./faces.css";
import { useChangeFaced, useFace } from "./facesApi";
import { Sentences } from "./Sentences";
import { useWrong } from "./useWrong";

/** A journey as the table, plan or welcome it was written as; as long as its graph says no more than that. */
export function FacePage() {
  const t = useT();
  const { path } = useMember();
  const id = Number(useParams()["journeyId"]);
  const journey = useJourney(id);
  const face = useFace(id, true);
  const back = { to: path("journeys"), label: t("journeys.title") };
  return (
    <AnsweredPage query={journey} back={back}>
      {(found) => (
        <AnsweredPage query={face} back={back}>
          {(faces) => {
            const draft = readFace(faces);
            return draft ? <Inside key={found.id} journey={found} first={draft} /> : <Drawn journey={found} />;
          }}
        </AnsweredPage>
      )}
    </AnsweredPage>
  );
}

/** More was drawn on the canvas than the face can show. */
function Drawn({ journey }: { journey: Journey }) {
  const t = useT();
  const { path } = useMember();
  return (
    <Page title={journey.name} back={{ to: path("journeys"), label: t("journeys.title") }} narrow>
      <Notice extra={<CanvasLink id={journey.id} />}>{t("faces.drawn")}</Notice>
    </Page>
  );
}

function CanvasLink({ id }: { id: number }) {
  const t = useT();
  const { path } = useMember();
  return (
    <Link to={path(`journeys/${String(id)}`)}>
      <Button icon={<ApartmentOutlined />} tabIndex={-1}>{t("faces.asCanvas")}</Button>
    </Link>
  );
}

function Inside({ journey, first }: { journey: Journey; first: Draft }) {
  const t = useT();
  const { path, may } = useMember();
  const [draft, setDraft] = useState(first);
  const [kept, setKept] = useState(() => JSON.stringify(written(first)));
  const [tried, setTried] = useState(false);
  const change = useChangeFaced(journey.id);
  const problems = (useProblems(journey.id, writeGraph(readGraph(journey.graph))).data ?? []).map(useProblemWords());
  const unsaved = JSON.stringify(written(draft)) !== kept;
  const { wrong, open, elsewhere } = useWrong(draft, tried, unsaved ? [] : problems);
  const editable = may("journeys.write") && journey.state !== "ended";
  const save = () => {
    setTried(true);
    if (open) return;
    const body = written(draft);
    change.mutate(body, { onSuccess: () => { setKept(JSON.stringify(body)); } });
  };
  return (
    <Page title={journey.name} answer={<Standing journey={journey} />} back={{ to: path("journeys"), label: t("journeys.title") }} actions={<><CanvasLink id={journey.id} /><TurnActions journey={journey} problems={problems} unsaved={unsaved} /></>}>
      <div className="face-page">
        <Panel title={t(`faces.${draft.face}`)} note={t(`faces.answer_${draft.face}`)}>
          <ConfigProvider componentDisabled={!editable}>
            <FaceForm draft={draft} onChange={setDraft} wrong={wrong} name={journey.name} />
          </ConfigProvider>
          {elsewhere.map((each) => <p key={each.field + each.message} className="small harm" role="alert">{each.message}</p>)}
          <Refused error={change.error} />
          {editable && (
            <div className="row wrapping face-save">
              <Button type={unsaved ? "primary" : "default"} disabled={!unsaved} loading={change.isPending} onClick={save}>{t("common.save")}</Button>
              <span className="small faint" role="status">{t(unsaved ? "faces.unsaved" : journey.version > 0 && journey.is_changed ? "journeys.savedChanged" : "journeys.saved")}</span>
              {tried && open && <span className="small harm" role="alert">{t("faces.stillOpen")}</span>}
            </div>
          )}
        </Panel>
        <aside className="stack"><Sentences draft={draft} /></aside>
      </div>
    </Page>
  );
}
