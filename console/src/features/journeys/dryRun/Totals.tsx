import type { ReactNode } from "react";

import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";

import type { Opened } from "./Behind";
import { Count } from "./Count";
import type { Tried } from "./dryRunApi";
import { goes, peopleAt, totalsOf } from "./tried";

/** The numbers somebody came for: who would enter, what would be sent, what the gate would say. */
export function Totals({ tried, onOpen }: { tried: Tried; onOpen: (opened: Opened) => void }) {
  const t = useT();
  const totals = totalsOf(tried);
  const inside = tried.places.filter((each) => each.what === "waiting").flatMap((each) => each.people);
  const first = tried.places.filter((each) => each.what === "in").sort((one, other) => other.count - one.count)[0];
  const said = (blocked: boolean) => totals.verdicts.filter((each) => goes(each.reason) !== blocked).flatMap((each) => each.people);
  const figure = (key: "enter" | "heldOut" | "before" | "capped" | "inside" | "reached" | "sends" | "goes" | "blocked", count: number, people: number[], note?: ReactNode) => (
    <div className="figure">
      <span className="figure-label">{t(`dryRun.${key}`)}</span>
      <span className="figure-value">
        <Count count={count} what={t(`dryRun.${key}`)} people={[...new Set(people)]} onOpen={onOpen} />
      </span>
      {note !== undefined && <span className="small faint">{note}</span>}
    </div>
  );
  return (
    <Panel>
      <div className="figures">
        {figure("enter", tried.entered - tried.held_out, first ? peopleAt(tried, first.node, "in") : [])}
        {tried.held_out > 0 && figure("heldOut", tried.held_out, tried.people["held_out"] ?? [], t("dryRun.heldOutNote"))}
        {tried.before > 0 && figure("before", tried.before, tried.people["before"] ?? [])}
        {tried.capped > 0 && figure("capped", tried.capped, tried.people["capped"] ?? [])}
        {figure("inside", totals.inside, inside)}
        {tried.reached > 0 && figure("reached", tried.reached, tried.people["reached"] ?? [])}
        {totals.sends > 0 && figure("sends", totals.sends, [...said(false), ...said(true)])}
        {totals.sends > 0 && figure("goes", totals.goes, said(false))}
        {totals.sends > 0 && figure("blocked", totals.blocked, said(true))}
      </div>
    </Panel>
  );
}
