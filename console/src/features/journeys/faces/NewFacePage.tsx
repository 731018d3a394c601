import { Button, Input } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";

import { Labelled } from "../fields";
import "../journeys.css";
import { isFace, newDraft, written, type Draft, type FaceName } from "./face";
import { FaceForm } from "./FaceForm";
import "./faces.css";
import { useMakeFaced } from "./facesApi";
import { Sentences } from "./Sentences";
import { useWrong } from "./useWrong";

/** A new journey by one of its faces; it becomes a draft, and nothing of it runs yet. */
export function NewFacePage() {
  const t = useT();
  const { path } = useMember();
  const face = useParams()["face"] ?? "";
  const back = { to: path("journeys"), label: t("journeys.title") };
  if (!isFace(face)) return <Page title={t("common.notFoundTitle")} back={back} narrow>{null}</Page>;
  return <Inside key={face} face={face} back={back} />;
}

function Inside({ face, back }: { face: FaceName; back: { to: string; label: string } }) {
  const t = useT();
  const { path, may } = useMember();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [draft, setDraft] = useState<Draft>(() => newDraft(face));
  const [tried, setTried] = useState(false);
  const make = useMakeFaced();
  const { wrong, open } = useWrong(draft, tried, []);
  const nameless = name.trim() === "";
  const save = () => {
    setTried(true);
    if (open || nameless) return;
    make.mutate({ name: name.trim(), ...written(draft) }, { onSuccess: (made) => void navigate(path(`journeys/${String(made.id)}/face`)) });
  };
  return (
    <Page title={t(`faces.new_${face}`)} answer={t(`faces.answer_${face}`)} back={back}>
      <div className="face-page">
        <Panel>
          <div className="node-form">
            <Labelled label={t("common.name")} problem={tried && nameless ? t("common.required") : undefined}>
              <Input autoFocus aria-label={t("common.name")} maxLength={100} placeholder={t(`faces.nameHint_${face}`)} value={name} onChange={(event) => { setName(event.target.value); }} style={{ maxWidth: 360 }} />
            </Labelled>
            <FaceForm draft={draft} onChange={setDraft} wrong={wrong} name={name.trim()} />
            <Refused error={make.error} />
            {may("journeys.write") && (
              <div className="row wrapping">
                <Button type="primary" loading={make.isPending} onClick={save}>{t("faces.makeDraft")}</Button>
                {tried && (open || nameless) && <span className="small harm" role="alert">{t("faces.stillOpen")}</span>}
              </div>
            )}
          </div>
        </Panel>
        <aside className="stack"><Sentences draft={draft} /></aside>
      </div>
    </Page>
  );
}
