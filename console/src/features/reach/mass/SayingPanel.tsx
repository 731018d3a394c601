import { Segmented, Select } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { Refusal } from "@/api/refusal";
import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { useDebounced } from "@/ui/useDebounced";

import { useKit, useMessage, useMessages, type Channel } from "../messagesApi";
import { PartList } from "../PartList";
import { asParts, isReadable } from "../parts";
import { PhonePreview } from "../PhonePreview";
import { useReading } from "../useReading";
import type { Saying } from "./saying";

interface SayingPanelProps {
  saying: Saying;
  /** Messages written for these can be picked; the first is what is written here for. */
  channels: Channel[];
}

/** The words: one of the messages, or written here. */
export function SayingPanel({ saying, channels }: SayingPanelProps) {
  const t = useT();
  const { said, setSaid } = saying;
  return (
    <Panel
      title={t("mass.words")}
      extra={
        <Segmented
          aria-label={t("mass.words")}
          value={said.how}
          options={[{ value: "write", label: t("mass.write") }, { value: "pick", label: t("mass.pick") }]}
          onChange={(how) => { setSaid({ ...said, how: how === "pick" ? "pick" : "write" }); }}
        />
      }
    >
      {said.how === "pick" ? <Pick saying={saying} channels={channels} /> : <Write saying={saying} channel={channels[0] ?? "group"} />}
    </Panel>
  );
}

function Pick({ saying, channels }: SayingPanelProps) {
  const t = useT();
  const { said, setSaid } = saying;
  const [words, setWords] = useState("");
  const q = useDebounced(words.trim(), 200);
  const first = useMessages({ q, archived: false, channel: channels[0] ?? null });
  const second = useMessages({ q, archived: false, channel: channels[1] ?? channels[0] ?? null });
  const found = [...itemsOf(first), ...(channels.length > 1 ? itemsOf(second) : [])];
  const chosen = useMessage(said.message ?? 0, said.message !== null);
  const options = chosen.data && !found.some((each) => each.id === chosen.data.id) ? [chosen.data, ...found] : found;
  return (
    <div className="stack tight">
      <Select<number | null>
        aria-label={t("mass.pickMessage")}
        placeholder={t("mass.pickMessage")}
        value={said.message}
        allowClear
        showSearch={{ filterOption: false, onSearch: setWords }}
        loading={first.isFetching}
        notFoundContent={<span className="faint">{t(first.isPending ? "common.loading" : "mass.noMessages")}</span>}
        options={options.map((each) => ({ value: each.id, label: each.name }))}
        onChange={(message) => { setSaid({ ...said, message: message ?? null }); }}
      />
      <Refused error={first.error} onRetry={() => void first.refetch()} />
    </div>
  );
}

function Write({ saying, channel }: { saying: Saying; channel: Channel }) {
  const t = useT();
  const { said, setSaid } = saying;
  const purposes = useKit().data?.purposes ?? [];
  const reading = useReading(channel, useDebounced(saying.parts, 350), isReadable(saying.parts, saying.channel));
  const refusal = saying.error instanceof Refusal && saying.error.code === "reach.message_not_sound" ? saying.error : null;
  const problems = new Map([...reading.problems, ...(refusal?.errors ?? []).map((each): [string, string] => [each.field, each.message])]);
  return (
    <div className="stack">
      <div className="row wrapping">
        <span className="small quiet">{t("messages.purpose")}</span>
        <Segmented aria-label={t("messages.purpose")} value={said.purpose} options={purposes.map((each) => ({ value: each.name, label: each.label }))} onChange={(purpose) => { setSaid({ ...said, purpose: purpose === "service" ? "service" : "marketing" }); }} />
      </div>
      <PartList channel={saying.channel} drafts={said.drafts} onDrafts={(drafts) => { setSaid({ ...said, drafts }); }} problems={problems} lengths={reading.lengths} readOnly={false} />
      <Refused error={saying.error} skip={[...problems.keys()]} />
    </div>
  );
}

/** The same as the phones of those it goes to will show it. */
export function SaidOnPhone({ saying, channel }: { saying: Saying; channel: Channel }) {
  const { workspace } = useMember();
  const { said } = saying;
  const picked = useMessage(said.message ?? 0, said.how === "pick" && said.message !== null);
  const parts = (said.how === "write" ? saying.parts : asParts(picked.data?.parts ?? [])).filter((each) => Object.entries(each).some(([name, value]) => name !== "kind" && value !== ""));
  return <PhonePreview channel={channel} rendered={{ parts, subject: "" }} brand={workspace.name} />;
}
