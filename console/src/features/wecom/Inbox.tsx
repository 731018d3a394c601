import { Button, Segmented } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Rows, type Column } from "@/ui/Rows";
import { State } from "@/ui/State";
import { When } from "@/ui/When";

import { useCallbacks, useCounts, useReplay, type Became, type Callback } from "./wecomApi";
import { eventKey } from "./wecomWords";

const moods = { done: "good", waiting: "busy", failed: "bad", unknown: "still" } as const;
const kinds = ["waiting", "failed", "unknown"] as const;

/** What the platform told, and what became of it. */
export function Inbox() {
  const t = useT();
  const { may } = useMember();
  const [became, setBecame] = useState<Became | null>(null);
  const counts = useCounts();
  const callbacks = useCallbacks(became);
  const replay = useReplay();
  const again = (ids: number[] | null) => { replay.mutate(ids); };
  const all = may("wecom.write") && became === "failed" && (counts.data?.failed ?? 0) > 0 && (
    <Button size="small" loading={replay.isPending} onClick={() => { again(null); }}>
      {t("wecom.againAll")}
    </Button>
  );
  return (
    <Panel title={t("wecom.inbox")} note={counts.data && <>{t("wecom.today")} {counts.data.today}</>} extra={all || undefined} flush>
      <div style={{ padding: "0 16px 12px" }}>
        <Segmented<Became | "all">
          aria-label={t("wecom.became")}
          value={became ?? "all"}
          onChange={(chosen) => { setBecame(chosen === "all" ? null : chosen); }}
          options={[{ value: "all", label: t("wecom.all") }, ...kinds.map((each) => ({ value: each, label: `${t(`wecom.${each}`)} ${String(counts.data?.[each] ?? "")}` }))]}
        />
        {replay.data && <p role="status" className="small quiet">{t("wecom.againDone", { n: replay.data.count })}</p>}
        <Refused error={replay.error} />
      </div>
      <Rows
        label={t("wecom.inbox")}
        query={callbacks}
        columns={useColumns(may("wecom.write") ? (id) => { again([id]); } : null)}
        rowKey={(each) => each.id}
        empty={<Empty title={t(became ? "wecom.nothingHere" : "wecom.inboxEmpty")} hint={t(became ? "wecom.nothingHereHint" : "wecom.inboxEmptyHint")} />}
      />
    </Panel>
  );
}

function useColumns(onAgain: ((id: number) => void) | null): Column<Callback>[] {
  const t = useT();
  return [
    { key: "what", title: t("wecom.what"), phone: "lead", render: (each) => <What callback={each} /> },
    { key: "became", title: t("wecom.became"), width: "40%", render: (each) => <Standing callback={each} /> },
    { key: "received", title: t("wecom.received"), width: 150, render: (each) => <When at={each.received_at} /> },
    ...(onAgain
      ? [{ key: "acts", title: "", width: 120, render: (each: Callback) => each.became === "failed" && <Button size="small" type="text" onClick={() => { onAgain(each.id); }}>{t("wecom.again")}</Button> }]
      : []),
  ];
}

function What({ callback }: { callback: Callback }) {
  const t = useT();
  const key = eventKey(callback.event, callback.change_type);
  return (
    <span className="stack" style={{ gap: 0 }}>
      <span>{key ? t(key) : callback.event}</span>
      <span className="small faint mono clip">
        {callback.change_type || callback.event}
        {callback.copies > 1 && ` · ${t("wecom.times", { n: callback.copies })}`}
      </span>
    </span>
  );
}

function Standing({ callback }: { callback: Callback }) {
  const t = useT();
  return (
    <span className="stack" style={{ gap: 0 }}>
      <State mood={moods[callback.became]}>{t(`wecom.${callback.became}`)}</State>
      {callback.handlings
        .filter((each) => each.attempts > 0)
        .map((each) => (
          <span key={each.handler} className="small faint wrap">
            {each.reason} · {t("wecom.attempts", { n: each.attempts })}
            <When at={each.next_at} />
          </span>
        ))}
    </span>
  );
}
