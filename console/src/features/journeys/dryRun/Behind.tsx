import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { PeopleDrawer } from "@/ui/PeopleDrawer";
import { useNamesOf } from "@/ui/people";

/** A number that was pressed: what it counts, how many, and some of the people behind it. */
export interface Opened {
  what: string;
  count: number;
  people: number[];
}

const SHOWN = 20;

/** Some of the people behind a number of a dry run. */
export function Behind({ opened, onClose }: { opened: Opened | null; onClose: () => void }) {
  const t = useT();
  const { path } = useMember();
  const shown = opened?.people.slice(0, SHOWN) ?? [];
  const names = useNamesOf(shown);
  return (
    <PeopleDrawer
      open={opened !== null}
      onClose={onClose}
      count={opened?.count ?? 0}
      sentence={opened?.what}
      people={shown.map((id, place) => ({ id, name: names[place] ?? null }))}
      to={(id) => path(`customers/${String(id)}`)}
      emptyHint={t("dryRun.nobodyShown")}
    />
  );
}
