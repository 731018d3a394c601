import { useId, useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Page } from "@/ui/Page";
import { useDebounced } from "@/ui/useDebounced";

import { usePreview, type Audience } from "./audiencesApi";
import "./builder.css";
import { isComplete, type Condition } from "./condition";
import { Conditions } from "./Conditions";
import { CountPanel } from "./CountPanel";
import { Fill, Save } from "./Save";
import { useSaid } from "./sentenceApi";
import { WhyDrawer } from "./WhyDrawer";

interface BuilderProps {
  title: string;
  first: Condition;
  sentence: string;
  audience?: Audience;
  /** The list that is filled with whoever matches. */
  fills?: Audience;
}

/** The sentence and the tree in one place, both live; the count beside them moves as one types. */
export function Builder({ title, first, sentence, audience, fills }: BuilderProps) {
  const t = useT();
  const { path } = useMember();
  const [condition, setCondition] = useState<Condition>(first);
  const [at, setAt] = useState<string | null>(null);
  const [why, setWhy] = useState<{ customer: number | null } | null>(null);
  const settled = useDebounced(condition, 250);
  const complete = isComplete(settled);
  const key = useId().replace(/\W/g, "");
  const preview = usePreview(settled, key, complete, at);
  const said = useSaid(settled, complete);
  const from = audience ?? fills;
  const ready = isComplete(condition) && preview.error === null;
  return (
    <Page title={title} answer={t("audiences.builderAnswer")} back={{ to: path(from ? `audiences/${String(from.id)}` : "audiences"), label: from?.name ?? t("audiences.back") }}>
      <div className="builder">
        <div className="stack grow">
          <Conditions condition={condition} said={said.data ?? ""} first={sentence} error={preview.error} onCondition={setCondition} />
        </div>
        <div className="builder-side">
          <CountPanel preview={preview} complete={complete} sentence={said.data ?? ""} at={at} onAt={setAt} onWhy={(customer) => { setWhy({ customer }); }}>
            {fills ? <Fill list={fills} condition={condition} ready={ready} /> : <Save condition={condition} audience={audience} ready={ready} count={at === null ? preview.data?.count : undefined} />}
          </CountPanel>
        </div>
      </div>
      {why && <WhyDrawer condition={settled} customer={why.customer} at={at} onCustomer={(customer) => { setWhy({ customer }); }} onClose={() => { setWhy(null); }} />}
    </Page>
  );
}
