import { Button } from "antd";
import { useId, useState } from "react";
import { useNavigate } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Page } from "@/ui/Page";
import { Refused } from "@/ui/Refused";
import { useDebounced } from "@/ui/useDebounced";

import { useChangeAudience, usePreview, type Audience } from "./audiencesApi";
import "./builder.css";
import { isComplete, type Condition } from "./condition";
import { Conditions } from "./Conditions";
import { CountPanel } from "./CountPanel";
import { SaveDialog } from "./SaveDialog";
import { useSaid } from "./sentenceApi";
import { WhyDrawer } from "./WhyDrawer";

interface BuilderProps {
  title: string;
  first: Condition;
  sentence: string;
  audience?: Audience;
}

/** The sentence and the tree in one place, both live; the count beside them moves as one types. */
export function Builder({ title, first, sentence, audience }: BuilderProps) {
  const t = useT();
  const { path } = useMember();
  const [condition, setCondition] = useState<Condition>(first);
  const [why, setWhy] = useState<{ customer: number | null } | null>(null);
  const settled = useDebounced(condition, 250);
  const complete = isComplete(settled);
  const key = useId().replace(/\W/g, "");
  const preview = usePreview(settled, key, complete);
  const said = useSaid(settled, complete);
  return (
    <Page title={title} answer={t("audiences.builderAnswer")} back={{ to: path(audience ? `audiences/${String(audience.id)}` : "audiences"), label: audience?.name ?? t("audiences.back") }}>
      <div className="builder">
        <div className="stack grow">
          <Conditions condition={condition} said={said.data ?? ""} first={sentence} error={preview.error} onCondition={setCondition} />
        </div>
        <div className="builder-side">
          <CountPanel preview={preview} complete={complete} sentence={said.data ?? ""} onWhy={(customer) => { setWhy({ customer }); }}>
            <Save condition={condition} audience={audience} ready={isComplete(condition) && preview.error === null} count={preview.data?.count} />
          </CountPanel>
        </div>
      </div>
      {why && <WhyDrawer condition={settled} customer={why.customer} onCustomer={(customer) => { setWhy({ customer }); }} onClose={() => { setWhy(null); }} />}
    </Page>
  );
}

function Save({ condition, audience, ready, count }: { condition: Condition; audience: Audience | undefined; ready: boolean; count: number | undefined }) {
  const t = useT();
  const { may, path } = useMember();
  const navigate = useNavigate();
  const [naming, setNaming] = useState(false);
  const change = useChangeAudience(audience?.id ?? 0);
  if (!may("audiences.write")) return null;
  if (audience) {
    return (
      <>
        <Button type="primary" disabled={!ready} loading={change.isPending} onClick={() => { change.mutate({ condition }, { onSuccess: () => void navigate(path(`audiences/${String(audience.id)}`)) }); }}>
          {t("audiences.saveChanges")}
        </Button>
        <Refused error={change.error} />
      </>
    );
  }
  return (
    <>
      <Button type="primary" disabled={!ready} onClick={() => { setNaming(true); }}>
        {count === undefined ? t("audiences.save") : t("audiences.saveCount", { n: whole(count) })}
      </Button>
      {naming && <SaveDialog condition={condition} onClose={() => { setNaming(false); }} />}
    </>
  );
}
