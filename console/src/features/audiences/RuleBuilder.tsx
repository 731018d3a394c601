import { Button, Input, Select } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { useDebounced } from "@/ui/useDebounced";

import "./builder.css";
import { numbered } from "./builder/shapes";
import { Tree } from "./builder/Tree";
import { asGroup, everyone, isComplete, isCondition, type Condition } from "./condition";
import { useRulePreview, useSaveRule, type Rule } from "./rulesApi";
import { SentenceBox } from "./SentenceBox";
import { useSaid, useWords } from "./sentenceApi";
import { VocabularyContext } from "./vocabulary";

/** Whom a tag is to be kept on; how many would gain and lose it stands beside, before it is saved. */
export function RuleBuilder({ rule }: { rule: Rule | null }) {
  const t = useT();
  const { path } = useMember();
  const words = useWords();
  const [name, setName] = useState(rule?.name ?? "");
  const [tag, setTag] = useState<number | null>(rule?.tag_id ?? null);
  const [condition, setCondition] = useState<Condition>(isCondition(rule?.condition) ? asGroup(rule.condition) : everyone);
  const settled = useDebounced(condition, 250);
  const complete = isComplete(settled) && !(settled.kind === "all" && settled.of.length === 0);
  const said = useSaid(settled, isComplete(settled));
  return (
    <Page title={rule ? rule.name : t("audiences.addRule")} answer={t("audiences.rulesAnswer")} back={{ to: path("audiences/rules"), label: t("audiences.rules") }}>
      <div className="builder">
        <div className="stack grow">
          <Panel>
            <div className="row wrapping">
              <Input aria-label={t("audiences.ruleName")} placeholder={t("audiences.ruleName")} value={name} maxLength={100} onChange={(event) => { setName(event.target.value); }} style={{ flex: "1 1 200px" }} />
              <Select
                aria-label={t("audiences.ruleTag")}
                placeholder={t("audiences.ruleTag")}
                value={tag}
                disabled={rule !== null}
                showSearch={{ optionFilterProp: "label" }}
                options={(words.data?.tagGroups ?? []).map((group) => ({ label: group.name, options: group.tags.map(numbered) }))}
                onChange={setTag}
                style={{ flex: "1 1 200px" }}
              />
            </div>
          </Panel>
          <SentenceBox said={said.data ?? ""} first="" onCondition={(next) => { setCondition(asGroup(next)); }} />
          <Panel title={t("audiences.tree")}>
            <Answered query={words}>
              {(found) => (
                <VocabularyContext value={found}>
                  <Tree node={condition} path="condition" onChange={(next) => { setCondition(asGroup(next)); }} />
                </VocabularyContext>
              )}
            </Answered>
          </Panel>
        </div>
        <div className="builder-side">
          <Effect rule={rule} name={name.trim()} tag={tag} condition={settled} complete={complete} />
        </div>
      </div>
    </Page>
  );
}

function Effect({ rule, name, tag, condition, complete }: { rule: Rule | null; name: string; tag: number | null; condition: Condition; complete: boolean }) {
  const t = useT();
  const { path } = useMember();
  const navigate = useNavigate();
  const preview = useRulePreview(tag, condition, rule?.id ?? null, complete);
  const save = useSaveRule(rule);
  const { data } = preview;
  const ready = complete && name !== "" && tag !== null && data !== undefined;
  return (
    <section className="panel count-panel">
      <div className="panel-body stack tight">
        <output aria-live="polite" className="tabular">
          {data ? t("audiences.rulePreview", { matching: whole(data.matching), gaining: whole(data.gaining), losing: whole(data.losing) }) : <span className="faint">{preview.isFetching ? t("audiences.counting") : t("audiences.incomplete")}</span>}
        </output>
        <Refused error={preview.error ?? save.error} />
        <Button
          type="primary"
          disabled={!ready}
          loading={save.isPending}
          onClick={() => {
            if (tag !== null) save.mutate({ name, tag_id: tag, condition }, { onSuccess: () => void navigate(path("audiences/rules")) });
          }}
        >
          {data && data.gaining > 0 ? t("audiences.ruleSave", { n: whole(data.gaining) }) : t("audiences.ruleSaveNone")}
        </Button>
      </div>
    </section>
  );
}
