import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { exact } from "@/i18n/format";
import { PeopleDrawer } from "@/ui/PeopleDrawer";
import { useNamesOf } from "@/ui/people";

import { usePassages, type Whom } from "./effectApi";

export interface OpenedPeople {
  what: string;
  count: number;
  whom: Whom;
}

const SHOWN = 20;

/** The people behind a number of a journey, those who came last first. */
export function PeopleBehind({ journey, opened, onClose }: { journey: number; opened: OpenedPeople | null; onClose: () => void }) {
  const t = useT();
  const { path } = useMember();
  const passages = usePassages(journey, opened?.whom ?? {}, opened !== null);
  const subjects = new Map(itemsOf(passages).map((each) => [each.subject, each.entered_at]));
  const shown = [...subjects].slice(0, SHOWN);
  const names = useNamesOf(shown.map(([subject]) => subject));
  return (
    <PeopleDrawer
      open={opened !== null}
      onClose={onClose}
      count={opened?.count}
      sentence={opened?.what}
      people={passages.data && shown.map(([id, at], place) => ({ id, name: names[place] ?? null, note: exact(at) }))}
      error={passages.error}
      to={(id) => path(`customers/${String(id)}`)}
      emptyHint={t("dryRun.nobodyShown")}
    />
  );
}
