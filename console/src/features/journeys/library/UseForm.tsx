import { Button, Input, Segmented, Select } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { useAudienceOptions } from "@/ui/useAudienceOptions";

import { Labelled } from "../fields";
import { useAccountNames } from "../journeysApi";
import { AccountPick, MessagePick } from "../picks";
import { useUseReady, type Ready } from "./libraryApi";

/** What a ready journey needs to be ours: a name, a way out, who, and our words. */
export function UseForm({ ready, onMade }: { ready: Ready; onMade: (journey: number) => void }) {
  const t = useT();
  const [title, setTitle] = useState(ready.title);
  const [chosen, setAccount] = useState<number | null>(null);
  const [audience, setAudience] = useState<number | null>(null);
  const [words, setWords] = useState<Record<string, string>>({});
  const [messages, setMessages] = useState<Record<string, number | null>>({});
  const [tried, setTried] = useState(false);
  const audiences = useAudienceOptions();
  const accounts = useAccountNames();
  const usable = (accounts.data ?? []).filter((each) => each.state !== "archived");
  const account = chosen ?? (usable.length === 1 ? (usable[0]?.id ?? null) : null);
  const use = useUseReady(ready.name);
  const own = Object.fromEntries(Object.entries(messages).filter((each): each is [string, number] => each[1] !== null));
  const open = title.trim() === "" || account === null || Object.values(messages).includes(null);
  const make = () => {
    setTried(true);
    if (open) return;
    const changed = Object.entries(words).filter(([key, said]) => !(key in own) && said.trim() !== "" && said !== ready.copies.find((each) => each.key === key)?.words);
    use.mutate({ title: title.trim(), account, audience, messages: own, words: Object.fromEntries(changed) }, { onSuccess: (made) => { onMade(made.id); } });
  };
  return (
    <Panel title={t("faces.makeOurs")} note={t("faces.makeOursNote")}>
      <div className="node-form">
        <Labelled label={t("common.name")} problem={tried && title.trim() === "" ? t("common.required") : undefined}>
          <Input aria-label={t("common.name")} maxLength={100} value={title} onChange={(event) => { setTitle(event.target.value); }} />
        </Labelled>
        <AccountPick label={t("journeys.byWhat")} value={account} onChange={setAccount} problem={tried && account === null ? t("journeys.open_account") : undefined} />
        {ready.is_for_many && (
          <Labelled label={t("faces.readyFor")}>
            <Select {...audiences} aria-label={t("faces.readyFor")} placeholder={ready.when} value={audience} onChange={(picked: number | null | undefined) => { setAudience(picked ?? null); }} />
          </Labelled>
        )}
        {ready.copies.map((copy) => {
          const own = messages[copy.key];
          return (
            <div key={copy.key} className="node-arm">
              <div className="row apart wrapping">
                <b>{copy.name}</b>
                <Segmented<"words" | "own">
                  size="small"
                  aria-label={copy.name}
                  value={own === undefined ? "words" : "own"}
                  options={[{ value: "words", label: t("faces.theseWords") }, { value: "own", label: t("faces.ownMessage") }]}
                  onChange={(how) => { setMessages(how === "own" ? { ...messages, [copy.key]: null } : Object.fromEntries(Object.entries(messages).filter(([key]) => key !== copy.key))); }}
                />
              </div>
              {own === undefined ? (
                <Input.TextArea aria-label={copy.name} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} value={words[copy.key] ?? copy.words} onChange={(event) => { setWords({ ...words, [copy.key]: event.target.value }); }} />
              ) : (
                <MessagePick label={copy.name} account={account} called={copy.name} value={own} onChange={(message) => { setMessages({ ...messages, [copy.key]: message }); }} problem={tried && own === null ? t("journeys.open_message") : undefined} />
              )}
            </div>
          );
        })}
        <Refused error={use.error} />
        <div>
          <Button type="primary" loading={use.isPending} disabled={accounts.isPending} onClick={make}>{t("faces.makeDraft")}</Button>
        </div>
      </div>
    </Panel>
  );
}
