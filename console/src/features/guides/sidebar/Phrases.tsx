import { CopyOutlined, SendOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useState } from "react";

import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { Empty } from "@/ui/Empty";
import { useFolders } from "@/ui/materials/materialsApi";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { RowsMore } from "@/ui/RowsMore";
import { SearchBox } from "@/ui/SearchBox";
import { BlockSkeleton } from "@/ui/Skeleton";
import { useDebounced } from "@/ui/useDebounced";

import { countSent, useFilled, type FilledPhrase } from "../guidesApi";
import { isInWeCom, say } from "../wecom";

/** What can be said to her now, as it will read; one tap sends it into the chat. */
export function Phrases({ customerId }: { customerId: number }) {
  const t = useT();
  const [words, setWords] = useState("");
  const [group, setGroup] = useState<number | null>(null);
  const groups = useFolders().data?.items ?? [];
  const phrases = useFilled(customerId, useDebounced(words.trim()), group);
  const items = itemsOf(phrases);
  return (
    <Panel flush>
      <div className="row" style={{ padding: 12 }}>
        <SearchBox label={t("guides.findPhrase")} value={words} onSearch={setWords} />
        <Select<number | null> aria-label={t("guides.phraseGroup")} placeholder={t("guides.phraseGroup")} allowClear value={group} options={groups.map((each) => ({ value: each.id, label: each.name }))} onChange={(chosen) => { setGroup(chosen ?? null); }} style={{ flex: "0 0 108px" }} />
      </div>
      {phrases.isPending && <BlockSkeleton />}
      <Refused error={phrases.error} onRetry={() => void phrases.refetch()} />
      {phrases.data && items.length === 0 && <Empty title={t("guides.noPhrases")} hint={t("guides.noPhrasesHint")} />}
      <ul className="sidebar-lines">
        {items.map((each) => (
          <Line key={each.id} phrase={each} />
        ))}
      </ul>
      {items.length > 0 && <RowsMore query={phrases} shown={items.length} />}
    </Panel>
  );
}

function Line({ phrase }: { phrase: FilledPhrase }) {
  const t = useT();
  const [state, setState] = useState<"" | "busy" | "sent" | "copied" | "not">("");
  const send = () => {
    setState("busy");
    say(phrase).then(
      (how) => {
        countSent(phrase.id);
        setState(how);
      },
      () => { setState("not"); },
    );
  };
  const inside = isInWeCom();
  return (
    <li>
      <span className="phrase">
        <span className="strong clip">{phrase.title}</span>
        {phrase.missing ? <span className="small faint">{phrase.missing}</span> : <p>{phrase.text}</p>}
        {phrase.kind !== "text" && <span className="small faint clip">{phrase.url}</span>}
        <span className={state === "not" ? "small harm" : "small faint"} role="status">
          {state === "sent" && t("guides.sentIt")}
          {state === "copied" && t("common.copied")}
          {state === "not" && t("guides.notSent")}
        </span>
      </span>
      <Button type={inside ? "primary" : "default"} disabled={phrase.missing !== ""} loading={state === "busy"} icon={inside ? <SendOutlined /> : <CopyOutlined />} aria-label={t(inside ? "guides.sendPhrase" : "guides.copyPhrase", { title: phrase.title })} onClick={send} />
    </li>
  );
}
