import { Button } from "antd";
import { useState, type ReactNode } from "react";

import { useMember } from "@/api/member";
import { Refusal } from "@/api/refusal";
import { useT } from "@/i18n";
import { large, minute, took, whole } from "@/i18n/format";
import { PeopleDrawer } from "@/ui/PeopleDrawer";
import { Refused } from "@/ui/Refused";
import { Bone } from "@/ui/Skeleton";

import { AsOfPicker } from "./AsOfPicker";
import type { usePreview } from "./audiencesApi";

interface CountPanelProps {
  preview: ReturnType<typeof usePreview>;
  complete: boolean;
  sentence: string;
  /** The earlier instant it is counted at; null: now. */
  at: string | null;
  onAt: (at: string | null) => void;
  /** Asked why one person is in or out; null: she is still to be chosen. */
  onWhy: (customer: number | null) => void;
  children: ReactNode;
}

/** How many match, live, now or at an earlier instant: the number stays while the next one is being counted. */
export function CountPanel({ preview, complete, sentence, at, onAt, onWhy, children }: CountPanelProps) {
  const t = useT();
  const { path } = useMember();
  const [open, setOpen] = useState(false);
  const { data } = preview;
  const stale = preview.isFetching || !complete;
  return (
    <section className="panel count-panel" aria-label={t("audiences.countTitle")}>
      <div className="panel-body stack tight">
        <span className="figure-label faint">{at === null ? t("audiences.countTitle") : t("audiences.countThen", { at: minute(at) })}</span>
        <output className={stale ? "count-number stale" : "count-number"} aria-live="polite">
          {data ? <span title={whole(data.count)}>{data.count < 1_000_000 ? whole(data.count) : large(data.count)}</span> : preview.error ? "—" : <Bone width={120} height={30} />}
        </output>
        <span className="small faint tabular">
          {!complete ? t("audiences.incomplete") : preview.isFetching ? t("audiences.counting") : data ? t("audiences.countedIn", { took: took(data.took) }) : "\u00a0"}
        </span>
        {complete && preview.error && (marked(preview.error) > 0 ? <p className="harm" role="alert">{t("audiences.problems", { n: marked(preview.error) })}</p> : <Refused error={preview.error} />)}
        <div className="count-as-of stack close">
          <AsOfPicker at={at} label={t("audiences.asOfCount")} placeholder={t("audiences.asOfCountNow")} onAt={onAt} />
          {at !== null && <p className="small faint">{t("audiences.countThenHint")}</p>}
        </div>
        <div className="row wrapping" style={{ marginTop: 4 }}>
          {children}
          <Button disabled={!data || data.count === 0} onClick={() => { setOpen(true); }}>
            {t("audiences.seePeople")}
          </Button>
          <Button className="count-why" disabled={!complete || preview.error !== null} onClick={() => { onWhy(null); }}>
            {t("audiences.askWhy")}
          </Button>
        </div>
      </div>
      <PeopleDrawer
        open={open}
        onClose={() => { setOpen(false); }}
        count={data?.count}
        sentence={at === null ? sentence : t("audiences.sentenceThen", { at: minute(at), sentence })}
        people={data?.sample.map((id) => ({ id, name: data.names[String(id)] ?? null }))}
        to={(id) => path(`customers/${String(id)}`)}
        emptyHint={t("audiences.membersEmpty")}
        aside={({ id }) => (
          <Button
            type="text"
            size="small"
            onClick={() => {
              setOpen(false);
              onWhy(id);
            }}
          >
            {t("audiences.why")}
          </Button>
        )}
      />
    </section>
  );
}

/** How many parts of the condition were not understood: the tree says of each what and where. */
function marked(error: Error): number {
  return error instanceof Refusal && error.code === "audiences.condition_unreadable" ? error.errors.length : 0;
}
