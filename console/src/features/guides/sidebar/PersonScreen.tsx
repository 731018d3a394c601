import { Segmented } from "antd";
import { useState } from "react";
import { useParams } from "react-router";

import { useT } from "@/i18n";
import { money, whole } from "@/i18n/format";
import { useCalled } from "@/ui/people";
import { Answered } from "@/ui/Answered";
import { Avatar } from "@/ui/Avatar";
import { Figure } from "@/ui/Figure";
import { Panel } from "@/ui/Panel";

import { useInFront, type InFront } from "../guidesApi";
import { About } from "./About";
import { FollowUp } from "./FollowUp";
import { GiveTags } from "./GiveTags";
import { Happenings } from "./Happenings";
import { Phrases } from "./Phrases";
import { Tasks } from "./Tasks";
import { Why } from "./Why";

type View = "phrases" | "orders" | "timeline" | "about";

/** The person in front of me. */
export function PersonScreen() {
  const id = Number(useParams()["customerId"]) || 0;
  const person = useInFront(id);
  return <Answered query={person}>{(found) => <Person key={found.id} person={found} />}</Answered>;
}

function Person({ person }: { person: InFront }) {
  const t = useT();
  const [view, setView] = useState<View>("phrases");
  const views: Record<View, string> = { phrases: t("guides.phrases"), orders: t("guides.orders"), timeline: t("guides.timeline"), about: t("guides.about") };
  return (
    <>
      <Head person={person} />
      <Why reasons={person.reasons} />
      {person.tasks.length > 0 && (
        <Panel flush title={t("guides.tasks")}>
          <Tasks tasks={person.tasks} />
        </Panel>
      )}
      <Segmented<View> aria-label={t("guides.views")} value={view} options={Object.entries(views).map(([value, label]) => ({ value: asView(value), label }))} onChange={setView} />
      {view === "phrases" && <Phrases customerId={person.id} />}
      {view === "orders" && <Happenings title={t("guides.orders")} events={person.orders} empty={t("guides.noOrders")} />}
      {view === "timeline" && <Happenings title={t("guides.timeline")} events={person.timeline} empty={t("guides.noTimeline")} />}
      {view === "about" && <About person={person} />}
    </>
  );
}

function asView(value: string): View {
  return value === "orders" || value === "timeline" || value === "about" ? value : "phrases";
}

function Head({ person }: { person: InFront }) {
  const t = useT();
  const called = useCalled();
  const name = called(person.id, person.name);
  return (
    <Panel>
      <div className="stack tight">
        <div className="row">
          <Avatar name={name} seed={person.id} size={44} />
          <div className="grow">
            <h1 className="clip">{name}</h1>
            <p className="small quiet wrap">{[person.phone, person.place].filter(Boolean).join(" · ")}</p>
          </div>
        </div>
        <div className="figures">
          <Figure label={t("guides.bought")} value={t("guides.times", { n: whole(person.buying.orders) })} />
          <Figure label={t("guides.spent")} value={money(person.buying.spent_fen)} />
          <Figure label={t("guides.rhythm")} value={person.buying.rhythm_days === null ? null : t("guides.everyDays", { n: person.buying.rhythm_days })} />
        </div>
        <FollowUp person={person} />
        <GiveTags person={person} />
      </div>
    </Panel>
  );
}
