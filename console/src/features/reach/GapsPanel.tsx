import { Select } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";

import { useSpeech } from "@/i18n";
import { listed, whole } from "@/i18n/format";
import { useAudienceOptions } from "@/ui/useAudienceOptions";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";

import { useGaps, useKit, type Message } from "./messagesApi";

type Gap = NonNullable<ReturnType<typeof useGaps>["data"]>["found"][number];

/** Before it is sent: for whom in an audience words are lacking, and what becomes of the message for them. */
export function GapsPanel({ message }: { message: Message }) {
  const { t, rich } = useSpeech();
  const [audience, setAudience] = useState<number | null>(null);
  const audiences = useAudienceOptions();
  const gaps = useGaps(message.id, message.version, audience);
  return (
    <Panel title={t("messages.gaps")} note={t("messages.gapsNote")}>
      <div className="stack tight">
        <Select {...audiences} aria-label={t("messages.gapsAudience")} placeholder={t("messages.gapsAudience")} value={audience} onChange={(chosen: number | null) => { setAudience(chosen); }} style={{ maxWidth: 360, width: "100%" }} />
        <Refused error={gaps.error} onRetry={() => void gaps.refetch()} />
        {audience !== null && !gaps.data && !gaps.error && <BlockSkeleton lines={2} />}
        {gaps.data && (
          <div className="gap-lines">
            <p>{gaps.data.found.length === 0 ? t("messages.gapsNone", { n: whole(gaps.data.total) }) : rich(gaps.data.unsendable > 0 ? "messages.gapsSomeNot" : "messages.gapsSome", { n: whole(gaps.data.total), not: <b>{whole(gaps.data.unsendable)}</b> })}</p>
            {gaps.data.found.map((gap) => (
              <GapLine key={gap.lacks.join()} gap={gap} />
            ))}
          </div>
        )}
      </div>
    </Panel>
  );
}

function GapLine({ gap }: { gap: Gap }) {
  const { t, rich } = useSpeech();
  const [, setSearch] = useSearchParams();
  const kit = useKit();
  const reads = Object.entries(gap.reads).map(([name, text]) => t("messages.gapReads", { label: kit.data?.words.find((each) => each.name === name)?.label ?? name, text: text || t("messages.gapBlank") }));
  const show = () => {
    setSearch((before) => {
      before.set("as", String(gap.example));
      return before;
    }, { replace: true });
    window.scrollTo({ top: 0 });
  };
  const blanks = { n: <b>{whole(gap.customers)}</b>, what: listed(gap.lacks) };
  return (
    <div className="row wrapping">
      <span className={gap.problem ? "harm" : undefined}>
        {gap.lacks.length === 0 ? rich("messages.gapGone", blanks) : rich(gap.problem ? "messages.gapNot" : "messages.gapLacks", blanks)}
      </span>
      {!gap.problem && reads.length > 0 && <span className="quiet">{listed(reads)}</span>}
      {gap.example > 0 && (
        <button type="button" className="plain-button link-like" onClick={show}>
          {t("messages.gapExample")}
        </button>
      )}
    </div>
  );
}
