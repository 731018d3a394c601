import { Drawer } from "antd";
import type { ReactNode } from "react";

import { useT } from "@/i18n";
import { whole } from "@/i18n/format";

import { Empty } from "./Empty";
import { Person } from "./Person";
import { Refused } from "./Refused";
import { BlockSkeleton } from "./Skeleton";

export interface PersonBehind {
  id: number;
  name: string | null;
  note?: string | null;
}

interface PeopleDrawerProps {
  open: boolean;
  onClose: () => void;
  /** How many there are in all; the list may be a sample. */
  count: number | undefined;
  /** The condition that selects them, as a sentence. */
  sentence?: ReactNode;
  people: PersonBehind[] | undefined;
  error?: Error | null;
  to: (id: number) => string;
  emptyHint: string;
  actions?: ReactNode;
  /** What can be asked about one of them. */
  aside?: (person: PersonBehind) => ReactNode;
}

/** The people behind a number, with the condition that selects them. */
export function PeopleDrawer({ open, onClose, count, sentence, people, error, to, emptyHint, actions, aside }: PeopleDrawerProps) {
  const t = useT();
  const shown = people?.length ?? 0;
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={420}
      closable={{ "aria-label": t("common.close") }}
      title={count === undefined ? t("common.loading") : t("common.peopleTitle", { n: whole(count) })}
      extra={actions}
    >
      <div className="stack">
        {sentence !== undefined && <p className="quiet wrap">{sentence}</p>}
        <Refused error={error ?? null} />
        {people === undefined && !error && <BlockSkeleton lines={8} />}
        {people !== undefined && shown === 0 && <Empty title={emptyHint} />}
        {people !== undefined && shown > 0 && (
          <>
            {count !== undefined && count > shown && <p className="faint small">{t("common.sample")}</p>}
            <ul className="people">
              {people.map((each) => (
                <li key={each.id} className="row apart">
                  <Person id={each.id} name={each.name} note={each.note} to={to(each.id)} />
                  {aside?.(each)}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Drawer>
  );
}
