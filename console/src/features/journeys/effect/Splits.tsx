import { useT } from "@/i18n";
import { percent, whole } from "@/i18n/format";
import { Notice } from "@/ui/Notice";
import { Panel } from "@/ui/Panel";
import { Table, type Column } from "@/ui/Rows";

import { readGraph } from "../graph";
import type { Journey } from "../journeysApi";
import type { Split } from "./effectApi";
import { IntervalChart } from "./IntervalChart";
import { wayVerdict } from "./said";

type Way = Split["ways"][number];

/** The ways of each split side by side. */
export function Splits({ journey, splits }: { journey: Journey; splits: Split[] }) {
  return (
    <>
      {splits.map((each) => (
        <OneSplit key={each.node} split={each} title={nameOf(journey, each.node)} />
      ))}
    </>
  );
}

function nameOf(journey: Journey, node: string): string {
  const name = readGraph(journey.graph).nodes[node]?.["name"];
  return typeof name === "string" ? name : "";
}

function OneSplit({ split, title }: { split: Split; title: string }) {
  const t = useT();
  const first = split.ways[0]?.arm.name ?? "";
  const columns: Column<Way>[] = [
    { key: "way", title: t("effect.way"), phone: "lead", render: (way) => way.arm.name },
    { key: "people", title: t("effect.goal"), number: true, phone: "labelled", render: (way) => t("effect.people", { reached: whole(way.arm.reached), over: whole(way.arm.over) }) },
    { key: "rate", title: t("effect.reachedShare"), number: true, phone: "labelled", render: (way) => <Rate way={way} /> },
    { key: "best", title: t("effect.best"), number: true, phone: "labelled", render: (way) => (way.arm.over > 0 ? percent(way.best) : "—") },
    ...(split.learns ? [] : [{ key: "against", title: t("effect.against", { first }), width: "32%", phone: "labelled" as const, render: (way: Way) => <Against way={way} /> }]),
  ];
  return (
    <Panel flush title={title ? `${t("effect.splits")} · ${title}` : t("effect.splits")} note={split.learns ? t("effect.learns") : t("effect.compareNote")}>
      {split.ratio?.wrong && (
        <div style={{ padding: "12px 16px 0" }}>
          <Notice>{t("effect.splitWrong")}</Notice>
        </div>
      )}
      <Table label={t("effect.splits")} columns={columns} rows={split.ways} rowKey={(way) => way.arm.name} />
      {split.ways.filter((way) => way.days.length > 1).map((way) => (
        <section key={way.arm.name} className="split-chart">
          <h3>{t("effect.chartOf", { way: way.arm.name, first })}</h3>
          <IntervalChart looks={way.days} label={t("effect.chartOf", { way: way.arm.name, first })} />
        </section>
      ))}
    </Panel>
  );
}

function Rate({ way }: { way: Way }) {
  if (way.arm.over === 0) return <>—</>;
  return (
    <span className="stack" style={{ gap: 0 }}>
      <span>{percent(way.arm.reached / way.arm.over, 1)}</span>
      <span className="small faint">{percent(way.rate.low, 1)}–{percent(way.rate.high, 1)}</span>
    </span>
  );
}

function Against({ way }: { way: Way }) {
  const t = useT();
  if (!way.comparison) return <span className="faint">—</span>;
  const { key, blanks } = wayVerdict(way.comparison);
  return <span className={way.comparison.verdict === "less" ? "harm" : undefined}>{t(key, blanks)}</span>;
}
