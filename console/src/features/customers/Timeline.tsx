import { Segmented } from "antd";
import { useState } from "react";

import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { day, exact, listed, minute, money } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { RowsMore } from "@/ui/RowsMore";
import { RowsSkeleton } from "@/ui/Skeleton";

import { useEventTypeWords, useTimeline, type TimelineEvent } from "./customersApi";

const views = { all: [], buys: ["order", "pay", "refund"], likes: ["view", "search", "favorite", "cart"], talks: ["message", "click", "open", "add_friend", "join_group", "leave_group", "delete_friend", "complaint"] };
type View = keyof typeof views;

/** What a customer did, day by day, the newest first. */
export function Timeline({ customerId }: { customerId: number }) {
  const t = useT();
  const [view, setView] = useState<View>("all");
  const timeline = useTimeline(customerId, views[view]);
  const events = itemsOf(timeline);
  return (
    <Panel
      flush
      title={t("customers.timeline")}
      extra={
        <Segmented<View>
          size="small"
          value={view}
          options={[
            { value: "all", label: t("customers.timelineAll") },
            { value: "buys", label: t("customers.timelineBuys") },
            { value: "likes", label: t("customers.timelineLikes") },
            { value: "talks", label: t("customers.timelineTalks") },
          ]}
          onChange={setView}
        />
      }
    >
      {timeline.isPending && <RowsSkeleton />}
      {timeline.error && !timeline.data && (
        <div style={{ padding: 16 }}>
          <Refused error={timeline.error} onRetry={() => void timeline.refetch()} />
        </div>
      )}
      {timeline.data && events.length === 0 && <Empty title={t("customers.timelineEmpty")} hint={t("customers.timelineEmptyHint")} />}
      {byDay(events).map(([date, happened]) => (
        <section key={date} aria-label={date}>
          <Day date={date} />
          <ol>
            {happened.map((each) => (
              <Happened key={each.id} event={each} />
            ))}
          </ol>
        </section>
      ))}
      {events.length > 0 && <RowsMore query={timeline} shown={events.length} />}
    </Panel>
  );
}

function Day({ date }: { date: string }) {
  const t = useT();
  const [now] = useState(() => Date.now());
  const today = day(new Date(now).toISOString());
  const yesterday = day(new Date(now - 86_400_000).toISOString());
  return <h3 className="day tabular">{date === today ? `${t("customers.today")} · ${date}` : date === yesterday ? `${t("customers.yesterday")} · ${date}` : date}</h3>;
}

function Happened({ event }: { event: TimelineEvent }) {
  const mood = moodOf(event.type);
  const say = usePropertyWords(event.type);
  const further = Object.entries(event.properties).filter(([, value]) => value !== null && value !== "" && !event.sentence.includes(String(value)));
  return (
    <li className={`happened ${mood}`}>
      <time dateTime={event.occurred_at} title={exact(event.occurred_at)}>
        {exact(event.occurred_at).slice(11, 16)}
      </time>
      <span className="bead" aria-hidden />
      <span className="wrap">{event.sentence}</span>
      <span className="sum">{event.amount ? money(event.type === "refund" ? -event.amount : event.amount) : ""}</span>
      {further.length > 0 && <span className="more">{further.slice(0, 6).map(say).join(" · ")}</span>}
    </li>
  );
}

/** A property and its value, as the catalogue calls and holds them. */
function usePropertyWords(type: string): (property: [string, unknown]) => string {
  const types = useEventTypeWords();
  const properties = types.data?.items.find((each) => each.name === type)?.properties ?? [];
  return ([name, value]) => {
    const word = properties.find((each) => each.name === name);
    const shown = Array.isArray(value) ? listed(value.map(String)) : word?.kind === "money" && typeof value === "number" ? money(value) : word?.kind === "time" && typeof value === "string" ? minute(value) : String(value);
    return `${word?.label ?? name} ${shown}`;
  };
}

function moodOf(type: string): string {
  if (type === "refund" || type === "complaint" || type === "delete_friend" || type === "leave_group") return "loss";
  if (views.buys.includes(type)) return "buys";
  return views.likes.includes(type) ? "likes" : "";
}

function byDay(events: TimelineEvent[]): [string, TimelineEvent[]][] {
  const days = new Map<string, TimelineEvent[]>();
  for (const each of events) {
    const date = day(each.occurred_at);
    days.set(date, [...(days.get(date) ?? []), each]);
  }
  return [...days];
}
