import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { percent, whole } from "@/i18n/format";
import { Panel } from "@/ui/Panel";

import type { Effect } from "./effectApi";
import type { OpenedPeople } from "./PeopleBehind";

interface FunnelProps {
  journey: number;
  effect: Effect;
  goal: string | undefined;
  onOpen: (opened: OpenedPeople) => void;
}

interface Line {
  key: "entered" | "sent" | "opened" | "clicked" | "replied" | "goal";
  count: number;
  of: number;
  opens: string | (() => void);
}

/** Different people, stage by stage; each number opens into them or their messages. */
export function Funnel({ journey, effect, goal, onOpen }: FunnelProps) {
  const t = useT();
  const { path, may } = useMember();
  const { reached } = effect;
  const entered = effect.entered - effect.kept_out;
  const deliveries = (view: string) => path(`deliveries?journey=${String(journey)}&view=${view}`);
  const people = (what: string, count: number, whom: OpenedPeople["whom"]) => () => { onOpen({ what, count, whom }); };
  const lines: Line[] = [
    { key: "entered", count: entered, of: entered, opens: people(t("effect.whoEntered"), entered, { held_out: false }) },
    { key: "sent", count: reached.sent, of: entered, opens: deliveries("reached") },
    { key: "opened", count: reached.opened, of: reached.sent, opens: deliveries("opened") },
    { key: "clicked", count: reached.clicked, of: reached.sent, opens: deliveries("clicked") },
    ...(reached.replied > 0 ? [{ key: "replied" as const, count: reached.replied, of: reached.sent, opens: deliveries("replied") }] : []),
    ...(effect.has_goal ? [{ key: "goal" as const, count: effect.treated.reached, of: effect.treated.over, opens: people(t("effect.whoReached"), effect.treated.reached, { held_out: false, reached: true }) }] : []),
  ];
  const most = Math.max(1, entered);
  const number = (line: Line) => {
    if (line.count === 0) return whole(line.count);
    if (typeof line.opens === "string") return may("reach.read") ? <Link to={line.opens}>{whole(line.count)}</Link> : whole(line.count);
    return may("customers.read") ? <button type="button" className="plain-button link-number" onClick={line.opens}>{whole(line.count)}</button> : whole(line.count);
  };
  return (
    <Panel title={t("effect.funnel")} note={goal} extra={may("reach.read") && <Link to={path(`rates?journey=${String(journey)}`)}>{t("shell.rates")}</Link>}>
      <ol className="funnel">
        {lines.map((line) => (
          <li key={line.key} className={line.key}>
            <span className="quiet">{t(`effect.${line.key}`)}</span>
            <span className="funnel-bar" aria-hidden>
              <span style={{ width: percent(Math.min(1, line.count / most), 2) }} />
            </span>
            <span className="tabular funnel-count">{number(line)}</span>
            <span className="tabular small faint">{line.key !== "entered" && line.of > 0 && line.count > 0 ? percent(line.count / line.of, 1) : ""}</span>
          </li>
        ))}
      </ol>
      {reached.blocked > 0 && (
        <p className="small quiet" style={{ marginTop: 10 }}>
          {t("effect.blocked")} <Link to={deliveries("blocked")}>{whole(reached.blocked)}</Link>
        </p>
      )}
    </Panel>
  );
}
