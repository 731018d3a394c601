import { Button, Input, Select } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { useDebounced } from "@/ui/useDebounced";

import "./builder.css";
import { numbered } from "./builder/shapes";
import { asGroup, everyone, isComplete, isCondition, type Condition } from "./condition";
import { Conditions } from "./Conditions";
import { useRulePreview, useSaveRule, type Rule } from "./rulesApi";
import { useSaid, useWords } from "./sentenceApi";
import { schedules, useScheduleWord } from "./useScheduleWord";

interface RuleBuilderProps {
  rule: Rule | null;
  /** Begun or opened from the page of this tag, and leads back there. */
  ofTag: number | null;
}

/** Whom a tag is to be kept on; how many would gain and lose it stands beside, before it is saved. */
export function RuleBuilder({ rule, ofTag }: RuleBuilderProps) {
  const t = useT();
  const { path } = useMember();
  const words = useWords();
  const wordOf = useScheduleWord();
  const [name, setName] = useState(rule?.name ?? "");
  const [tag, setTag] = useState<number | null>(rule?.tag_id ?? ofTag);
  const [schedule, setSchedule] = useState(rule?.schedule ?? "on_time");
  const [condition, setCondition] = useState<Condition>(isCondition(rule?.condition) ? asGroup(rule.condition) : everyone);
  const settled = useDebounced(condition, 250);
  const complete = isComplete(settled) && !(settled.kind === "all" && settled.of.length === 0);
  const said = useSaid(settled, isComplete(settled));
  const preview = useRulePreview(tag, settled, rule?.id ?? null, complete);
  const back = ofTag === null ? { to: path("audiences/rules"), label: t("audiences.rules") } : { to: path(`tags/${String(ofTag)}`), label: t("tags.title") };
  return (
    <Page title={rule ? rule.name : t("audiences.addRule")} answer={t("audiences.rulesAnswer")} back={back}>
      <div className="builder">
        <div className="stack grow">
          <Panel>
            <div className="rule-fields">
              <label htmlFor="rule-name">{t("audiences.ruleName")}</label>
              <Input id="rule-name" value={name} maxLength={100} onChange={(event) => { setName(event.target.value); }} />
              <label htmlFor="rule-tag">{t("audiences.ruleTag")}</label>
              <Select
                id="rule-tag"
                placeholder={t("builder.choose")}
                value={tag}
                disabled={rule !== null}
                showSearch={{ optionFilterProp: "label" }}
                options={(words.data?.tagGroups ?? []).map((group) => ({ label: group.name, options: group.tags.map(numbered) }))}
                onChange={setTag}
              />
              <label htmlFor="rule-schedule">{t("audiences.ruleSchedule")}</label>
              <Select id="rule-schedule" value={schedule} options={schedules.map((each) => ({ value: each, label: wordOf(each, true) }))} onChange={setSchedule} popupMatchSelectWidth={false} />
            </div>
          </Panel>
          <Conditions condition={condition} said={said.data ?? ""} first="" error={preview.error} onCondition={setCondition} />
        </div>
        <div className="builder-side">
          <Effect rule={rule} preview={preview} draft={complete && name.trim() !== "" && tag !== null ? { name: name.trim(), tag_id: tag, condition: settled, schedule } : null} back={back.to} />
        </div>
      </div>
    </Page>
  );
}

interface EffectProps {
  rule: Rule | null;
  preview: ReturnType<typeof useRulePreview>;
  /** Null while something is still to be said. */
  draft: Parameters<ReturnType<typeof useSaveRule>["mutate"]>[0] | null;
  back: string;
}

function Effect({ rule, preview, draft, back }: EffectProps) {
  const t = useT();
  const navigate = useNavigate();
  const save = useSaveRule(rule);
  const { data } = preview;
  return (
    <section className="panel count-panel">
      <div className="panel-body stack tight">
        <output aria-live="polite" className="tabular">
          {data ? t("audiences.rulePreview", { matching: whole(data.matching), gaining: whole(data.gaining), losing: whole(data.losing) }) : <span className="faint">{preview.isFetching ? t("audiences.counting") : t("audiences.ruleIncomplete")}</span>}
        </output>
        <Refused error={preview.error ?? save.error} />
        <Button
          type="primary"
          disabled={draft === null || data === undefined}
          loading={save.isPending}
          onClick={() => {
            if (draft) save.mutate(draft, { onSuccess: () => void navigate(back) });
          }}
        >
          {data && data.gaining > 0 ? t("audiences.ruleSave", { n: whole(data.gaining) }) : t("audiences.ruleSaveNone")}
        </Button>
      </div>
    </section>
  );
}
