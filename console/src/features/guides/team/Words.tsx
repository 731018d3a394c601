import { CloseOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { TagChip } from "@/ui/TagChip";
import { When } from "@/ui/When";

import { useAddWord, useHeard, useRemoveWord, useWords, type SensitiveWord } from "./teamApi";

/** Words that are not to be said, and where they were said all the same, as far as events tell. */
export function Words({ heard: tells = true }: { heard?: boolean }) {
  const t = useT();
  const { may } = useMember();
  const words = useWords();
  const remove = useRemoveWord();
  return (
    <Panel title={t("guides.wordsTitle")} note={t("guides.wordsNote")}>
      <div className="stack tight">
        <div className="row wrapping">
          {itemsOf(words).map((each) => (
            <TagChip key={each.id} title={t(each.rule === "block" ? "guides.blocked" : "guides.warned")}>
              {each.word} <span className="faint">{t(each.rule === "block" ? "guides.blocked" : "guides.warned")}</span>
              {may("guides.write") && (
                <button type="button" className="plain-button" style={{ paddingInlineStart: 6 }} aria-label={t("guides.removeWord", { word: each.word })} onClick={() => { remove.mutate(each.id); }}>
                  <CloseOutlined style={{ fontSize: 9 }} />
                </button>
              )}
            </TagChip>
          ))}
        </div>
        {may("guides.write") && <AddWord />}
        <Refused error={remove.error ?? words.error} />
        {tells && <Heard />}
      </div>
    </Panel>
  );
}

function Heard() {
  const t = useT();
  const heard = useHeard();
  return (
    <Answered query={heard}>
      {(data) =>
        data.items.length === 0 ? (
          <p className="faint">{t("guides.nothingHeard")}</p>
        ) : (
          <ul className="stack tight">
            {data.items.map((each) => (
              <li key={each.at + String(each.customer)} className="row apart">
                <span className="wrap">
                  {t("guides.saidTo", { staff: each.staff_name, customer: each.customer_name || `#${String(each.customer)}` })} <span className="quiet">{each.text}</span>
                </span>
                <span className="small faint"><When at={each.at} /></span>
              </li>
            ))}
          </ul>
        )
      }
    </Answered>
  );
}

function AddWord() {
  const t = useT();
  const add = useAddWord();
  const [word, setWord] = useState("");
  const [rule, setRule] = useState<SensitiveWord["rule"]>("warn");
  const [severity, setSeverity] = useState<SensitiveWord["severity"]>("medium");
  const [speaker, setSpeaker] = useState<SensitiveWord["speaker"]>("staff");
  const send = () => {
    if (word.trim()) add.mutate({ word, rule, severity, speaker }, { onSuccess: () => { setWord(""); } });
  };
  return (
    <div className="stack close">
      <div className="row wrapping">
        <Input aria-label={t("guides.word")} placeholder={t("guides.word")} value={word} maxLength={60} onChange={(event) => { setWord(event.target.value); }} onPressEnter={send} style={{ maxWidth: 220 }} />
        <Select<SensitiveWord["rule"]> aria-label={t("guides.rule")} value={rule} onChange={setRule} options={[{ value: "warn", label: t("guides.warned") }, { value: "block", label: t("guides.blocked") }]} style={{ width: 120 }} />
        <Select<SensitiveWord["speaker"]> aria-label={t("quality.speaker")} value={speaker} onChange={setSpeaker} options={(["staff", "customer", "anyone"] as const).map((each) => ({ value: each, label: t(`quality.speaker_${each}`) }))} style={{ width: 120 }} />
        <Select<SensitiveWord["severity"]> aria-label={t("quality.severity")} value={severity} onChange={setSeverity} options={(["low", "medium", "high"] as const).map((each) => ({ value: each, label: t(`quality.severity_${each}`) }))} style={{ width: 110 }} />
        <Button loading={add.isPending} onClick={send}>{t("common.add")}</Button>
      </div>
      <Refused error={add.error} />
    </div>
  );
}
