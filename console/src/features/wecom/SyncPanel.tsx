import { Button } from "antd";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { State } from "@/ui/State";
import { When } from "@/ui/When";

import { SyncFailures, SyncGaps } from "./SyncLists";
import { SyncTotals } from "./SyncTotals";
import { useBeginSync, useNewestSync, useStopSync, type Sync } from "./syncApi";

const moods = { running: "busy", stopped: "bad", done: "good" } as const;
const order = ["staff", "tags", "contacts", "groups", "ways", "links"] as const;

/** What a corp has is brought over: how far it is, what came of it, what did not go, what had been lost. */
export function SyncPanel({ corp, active }: { corp: number; active: boolean }) {
  const t = useT();
  const newest = useNewestSync(corp);
  const running = newest.data?.state === "running";
  const note = newest.data && <State mood={moods[newest.data.state]}>{t(`sync.state_${newest.data.state}`)}</State>;
  return (
    <Panel title={t("sync.title")} note={note} extra={<Acts corp={corp} active={active} newest={newest.data ?? null} />}>
      <div className="stack">
        <Answered query={newest}>{(run) => (run ? <Progress run={run} /> : <p className="quiet">{t(active ? "sync.never" : "sync.inactive")}</p>)}</Answered>
        {newest.data && (
          <>
            <SyncTotals corp={corp} running={running} />
            <SyncFailures corp={corp} />
            <SyncGaps corp={corp} />
          </>
        )}
      </div>
    </Panel>
  );
}

function Acts({ corp, active, newest }: { corp: number; active: boolean; newest: Sync | null }) {
  const t = useT();
  const { may } = useMember();
  const begin = useBeginSync(corp);
  const stop = useStopSync(corp);
  if (!may("wecom.write") || !active) return null;
  return (
    <span className="row">
      <Refused error={begin.error ?? stop.error} />
      {newest?.state === "running" ? (
        <Button size="small" loading={stop.isPending} onClick={() => { stop.mutate(newest.id); }}>
          {t("sync.stop")}
        </Button>
      ) : (
        <Button size="small" type="primary" loading={begin.isPending} onClick={() => { begin.mutate(false); }}>
          {t(newest?.state === "stopped" ? "sync.goOn" : "sync.begin")}
        </Button>
      )}
    </span>
  );
}

function Progress({ run }: { run: Sync }) {
  const t = useT();
  const read = run.counts["contacts_read"] ?? 0;
  return (
    <section className="stack tight" aria-label={t("sync.progress")}>
      <p className="quiet">
        {run.finished_at ? t("sync.ended") : t("sync.began")} <When at={run.finished_at ?? run.began_at} />
      </p>
      {run.why !== "" && run.state !== "done" && <p role="status">{run.why}</p>}
      {run.waits_until && run.state === "running" && (
        <p className="quiet">
          {t("sync.waits")} <When at={run.waits_until} />
        </p>
      )}
      <ul className="sync-parts">
        {order.map((subject) => {
          const part = run.parts.find((each) => each.subject === subject);
          if (!part) return null;
          return (
            <li key={subject}>
              <span>{t(`sync.subject_${subject}`)}</span>
              <progress max={part.of} value={part.done} aria-label={t(`sync.subject_${subject}`)} />
              <span className="tabular faint">{`${whole(part.done)} / ${whole(part.of)}`}</span>
            </li>
          );
        })}
      </ul>
      <p className="tabular">
        {t("sync.came", {
          read: whole(read),
          added: whole(run.counts["contacts_new"] ?? 0),
          changed: whole(run.counts["contacts_changed"] ?? 0),
          ended: whole(run.counts["contacts_ended"] ?? 0),
        })}
      </p>
    </section>
  );
}
