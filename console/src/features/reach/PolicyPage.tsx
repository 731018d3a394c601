import { Button } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { When } from "@/ui/When";

import { usePolicy, useSavePolicy, type Policy, type Rules } from "./policyApi";
import { PolicyEditor } from "./PolicyEditor";
import { PolicyTabs } from "./PolicyTabs";
import "./reach.css";
import { WhatIf } from "./WhatIf";

/** What the brand promised its customers, in sentences; changed with the effect in sight. */
export function PolicyPage() {
  const t = useT();
  const policy = usePolicy();
  return (
    <Page title={t("reach.policy")} answer={t("reach.policyAnswer")}>
      <PolicyTabs />
      <Answered query={policy}>{(found) => <Inside key={found.number} policy={found} />}</Answered>
    </Page>
  );
}

function Inside({ policy }: { policy: Policy }) {
  const t = useT();
  const { may } = useMember();
  const [draft, setDraft] = useState<Rules | null>(null);
  const save = useSavePolicy();
  const rules = draft ?? policy.rules;
  return (
    <div className="policy">
      <div className="stack">
        {draft ? (
          <PolicyEditor rules={draft} onChange={setDraft} />
        ) : (
          <Promises policy={policy} act={may("policy.write") && <Button onClick={() => { setDraft(policy.rules); }}>{t("reach.policyEdit")}</Button>} />
        )}
        {draft && (
          <>
            <Refused error={save.error} />
            <div className="row">
              <Button type="primary" loading={save.isPending} onClick={() => { save.mutate(draft, { onSuccess: () => { setDraft(null); } }); }}>
                {t("reach.policySave")}
              </Button>
              <Button onClick={() => { setDraft(null); }}>{t("common.cancel")}</Button>
            </div>
          </>
        )}
        <Panel title={t("reach.platform")} note={t("reach.platformNote")}>
          <ul className="sentences small-gap">
            {policy.platform.map((each) => (
              <li key={each.name}>
                <span>{each.sentence}</span>
                <span className="small faint">{each.source}</span>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
      <aside className="message-side">
        <WhatIf rules={rules} editing={draft !== null} />
      </aside>
    </div>
  );
}

function Promises({ policy, act }: { policy: Policy; act: React.ReactNode }) {
  const t = useT();
  const note = policy.made_at ? <>{t("reach.policyNumber", { n: policy.number })} · <When at={policy.made_at} /></> : t("reach.policyBuiltIn");
  return (
    <Panel title={t("reach.promises")} note={note} extra={act}>
      <ul className="sentences">
        {policy.sentences.map((each) => (
          <li key={each.place}>{each.sentence}</li>
        ))}
      </ul>
    </Panel>
  );
}
