import { useT } from "@/i18n";
import { whole } from "@/i18n/format";

import type { CapStanding } from "./massApi";

/** How much of a limit is used up: that of whichever has had most, and how many have had all. */
export function Cap({ cap, thing }: { cap: CapStanding; thing: "groups" | "staff" }) {
  const t = useT();
  const span = t(`mass.per_${cap.per}`, { n: cap.days });
  return (
    <span className={cap.full > 0 ? "harm tabular" : "tabular"} title={cap.sentence}>
      {span} {whole(cap.used)}/{whole(cap.most)}
      {cap.full > 0 && ` ${t(thing === "groups" ? "mass.fullGroups" : "mass.fullStaff", { n: whole(cap.full) })}`}
    </span>
  );
}
