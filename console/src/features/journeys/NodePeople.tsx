import { Button } from "antd";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { useCalled, useNamesOf } from "@/ui/people";
import { Person } from "@/ui/Person";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";
import { When } from "@/ui/When";

import { useNodePeople, useRelease } from "./journeysApi";

const SHOWN = 20;

/** The people at a node, those who came last first; held ones can be let go on. */
export function NodePeople({ journey, node, held }: { journey: number; node: string; held: number }) {
  const t = useT();
  const { path, may } = useMember();
  const people = useNodePeople(journey, node);
  const shown = itemsOf(people).slice(0, SHOWN);
  const names = useNamesOf(shown.map((each) => each.subject));
  const called = useCalled();
  const release = useRelease(journey);
  if (!people.data) return people.error ? <Refused error={people.error} /> : <BlockSkeleton lines={4} />;
  return (
    <div className="stack tight">
      {held > 0 && may("journeys.activate") && (
        <div className="row wrapping">
          <Button size="small" loading={release.isPending} onClick={() => { release.mutate({ node, skip: false }); }}>
            {t("journeys.release", { n: whole(held) })}
          </Button>
          <Button size="small" type="text" onClick={() => { release.mutate({ node, skip: true }); }}>
            {t("journeys.releaseSkip")}
          </Button>
        </div>
      )}
      <Refused error={release.error} />
      {shown.length === 0 && <p className="faint">{t("journeys.nobody")}</p>}
      <ul className="people">
        {shown.map((each, place) => (
          <li key={each.id} className="row apart">
            <Person id={each.subject} name={called(each.subject, names[place])} to={path(`customers/${String(each.subject)}`)} />
            <span className="small faint">{each.state === "held" ? t("journeys.held") : each.due_at ? <When at={each.due_at} /> : <When at={each.arrived_at} />}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
