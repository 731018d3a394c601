import { AreaChartOutlined } from "@ant-design/icons";
import { Segmented } from "antd";
import { Link, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { listed, percent, whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Empty } from "@/ui/Empty";
import { Figure } from "@/ui/Figure";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Table, type Column } from "@/ui/Rows";

import { BY, useJourneyNames, useRates, type By, type Rate, type Whose } from "./ratesApi";
import "./reach.css";
import { channelKey } from "./reachWords";
import { WhoseFilters } from "./WhoseFilters";

const SPANS = [4, 8, 26];

/** How many of those meant were reached, week by week; every number opens the messages behind it. */
export function RatesPage() {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const by: By = BY.find((each) => each === search.get("by")) ?? "channel";
  const weeks = SPANS.find((each) => String(each) === search.get("weeks")) ?? 8;
  const number = (name: string) => Number(search.get(name)) || null;
  const whose = { audience: number("audience"), customer: number("customer"), journey: number("journey") };
  const rates = useRates(weeks, by, whose);
  const partOf = usePart(by);
  const set = (name: string, value: string) => {
    setSearch((before) => {
      if (value) before.set(name, value);
      else before.delete(name);
      return before;
    }, { replace: true });
  };
  const sums = rates.data ? summed(rates.data) : [];
  const answer = sums.length > 0 ? t("rates.answer", { n: weeks, parts: listed(sums.slice(0, 4).map((each) => `${partOf(each.part)} ${percent(each.rate)}`)) }) : undefined;
  return (
    <Page
      title={t("rates.title")}
      answer={answer}
      actions={
        <span className="row wrapping">
          <Segmented aria-label={t("rates.by")} value={by} options={BY.map((each) => ({ value: each, label: t(`rates.by_${each}`) }))} onChange={(chosen) => { set("by", chosen); }} />
          <Segmented aria-label={t("rates.weeks")} value={weeks} options={SPANS.map((each) => ({ value: each, label: t("rates.lastWeeks", { n: each }) }))} onChange={(chosen) => { set("weeks", String(chosen)); }} />
        </span>
      }
    >
      <WhoseFilters whose={whose} onWhose={(name, id) => { set(name, id === null ? "" : String(id)); }} />
      <Answered query={rates}>
        {(found) =>
          found.length === 0 ? (
            <Empty title={t("rates.none")} hint={t("rates.noneHint")} icon={<AreaChartOutlined />} />
          ) : (
            <>
              {sums.map((each) => (
                <Panel key={each.part} title={partOf(each.part)} note={t("rates.partNote")}>
                  <div className="figures" style={{ marginBottom: 16 }}>
                    <Figure label={t("rates.rate")} value={percent(each.rate, 1)} note={t("rates.rateNote", { reached: whole(each.reached), meant: whole(each.meant) })} />
                    <Figure label={t("rates.exposure")} value={each.exposure.toFixed(2)} note={t("rates.exposureNote")} />
                    <Figure label={t("rates.opened")} value={share(each.opened, each.sent)} />
                    <Figure label={t("rates.clicked")} value={share(each.clicked, each.sent)} />
                    <Figure label={t("rates.blocked")} value={each.blocked} />
                  </div>
                  <Weeks label={partOf(each.part)} by={by} whose={whose} rows={found.filter((row) => row.part === each.part)} />
                </Panel>
              ))}
              <p className="small faint">{t("rates.terms")}</p>
            </>
          )
        }
      </Answered>
    </Page>
  );
}

function Weeks({ label, by, whose, rows }: { label: string; by: By; whose: Whose; rows: Rate[] }) {
  const t = useT();
  const { path } = useMember();
  const newest = [...rows].sort((one, other) => other.week.localeCompare(one.week));
  const opens = (row: Rate, count: number, view: string) => {
    const until = new Date(Date.parse(`${row.week}T00:00:00Z`) + 7 * 86_400_000).toISOString().slice(0, 10);
    const narrowed = Object.entries({ ...whose, ...(by === "journey" && row.part ? { journey: Number(row.part) } : {}) }).flatMap(([name, id]) => (id === null ? [] : [[name, String(id)] as const]));
    const query = new URLSearchParams([...Object.entries({ view, since: row.week, until, ...(by === "channel" ? { channel: row.part } : {}) }), ...narrowed].map(([name, value]) => [name, value]));
    return count > 0 ? <Link to={path(`deliveries?${query.toString()}`)}>{whole(count)}</Link> : "0";
  };
  const columns: Column<Rate>[] = [
    { key: "week", title: t("rates.week"), phone: "lead", render: (row) => row.week },
    { key: "meant", title: t("rates.meant"), number: true, phone: "labelled", render: (row) => opens(row, row.meant, "all") },
    { key: "reached", title: t("rates.reached"), number: true, phone: "labelled", render: (row) => opens(row, row.reached, "reached") },
    { key: "rate", title: t("rates.rate"), width: 180, phone: "labelled", render: (row) => <Bar share={row.rate} /> },
    { key: "exposure", title: t("rates.exposure"), number: true, phone: "hide", render: (row) => row.exposure.toFixed(2) },
    { key: "opened", title: t("rates.opened"), number: true, phone: "hide", render: (row) => share(row.opened, row.sent) },
    { key: "clicked", title: t("rates.clicked"), number: true, phone: "hide", render: (row) => share(row.clicked, row.sent) },
    { key: "blocked", title: t("rates.blocked"), number: true, phone: "labelled", render: (row) => opens(row, row.blocked, "blocked") },
    { key: "failed", title: t("rates.failed"), number: true, phone: "hide", render: (row) => opens(row, row.failed, "trouble") },
  ];
  return <Table label={label} columns={columns} rows={newest} rowKey={(row) => row.week} />;
}

function Bar({ share: part }: { share: number }) {
  return (
    <span className="rate">
      <span className="rate-bar" aria-hidden>
        <span style={{ width: percent(Math.min(part, 1)) }} />
      </span>
      <span>{percent(part, 1)}</span>
    </span>
  );
}

function usePart(by: By): (part: string) => string {
  const t = useT();
  const { may } = useMember();
  const journeys = useJourneyNames(by === "journey" && may("journeys.read"));
  return (part) => {
    if (by === "journey") return part === "" ? t("rates.noJourney") : (journeys.data?.find((each) => String(each.id) === part)?.name ?? t("rates.oneJourney", { id: part }));
    if (by === "purpose") return part === "marketing" || part === "service" ? t(`rates.purpose_${part}`) : part;
    const key = channelKey(part);
    return key ? t(key) : part;
  };
}

function share(count: number, of: number): string {
  return of > 0 ? percent(count / of, 1) : "—";
}

interface Sum {
  part: string;
  meant: number;
  reached: number;
  sent: number;
  opened: number;
  clicked: number;
  blocked: number;
  rate: number;
  exposure: number;
}

/** The weeks of each part added up: person-weeks, since a person counts once in each week. */
function summed(rows: Rate[]): Sum[] {
  const sums = new Map<string, Sum>();
  for (const row of rows) {
    const sum = sums.get(row.part) ?? { part: row.part, meant: 0, reached: 0, sent: 0, opened: 0, clicked: 0, blocked: 0, rate: 0, exposure: 0 };
    for (const name of ["meant", "reached", "sent", "opened", "clicked", "blocked"] as const) sum[name] += row[name];
    sum.rate = sum.meant > 0 ? sum.reached / sum.meant : 0;
    sum.exposure = sum.meant > 0 ? sum.sent / sum.meant : 0;
    sums.set(row.part, sum);
  }
  return [...sums.values()].sort((one, other) => other.meant - one.meant);
}
