import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { money, percent, whole } from "@/i18n/format";
import { Panel } from "@/ui/Panel";

import type { Comparison, Effect } from "./effectApi";
import { IntervalChart } from "./IntervalChart";
import type { OpenedPeople } from "./PeopleBehind";
import { signedShare } from "./said";

interface ComparedProps {
  effect: Effect;
  comparison: Comparison;
  /** That the groups are of the size they should be. */
  footing: string | undefined;
  onOpen: (opened: OpenedPeople) => void;
}

/** Those taken along beside those held out: shares, the difference with its interval, how it became clear. */
export function Compared({ effect, comparison, footing, onOpen }: ComparedProps) {
  const t = useT();
  const small = [
    t("effect.always"),
    comparison.reduction > 0.01 && t("effect.adjusted", { share: percent(comparison.reduction) }),
    effect.waiting > 0 && t("effect.waiting", { n: whole(effect.waiting) }),
    footing,
  ].filter(Boolean);
  const most = Math.min(1, Math.max(effect.rate.high, effect.held_out_rate.high, 0.05) * 1.05);
  const known = comparison.verdict !== "not_enough";
  return (
    <Panel title={t("effect.compare")} note={t("effect.compareNote")}>
      <div className="compared">
        <div className="arms">
          <Side label={t("effect.ours")} arm={effect.treated} rate={effect.rate} most={most} ours onOpen={() => { onOpen({ what: t("effect.whoReached"), count: effect.treated.reached, whom: { held_out: false, reached: true } }); }} />
          <Side label={t("effect.theirs")} arm={effect.held_out} rate={effect.held_out_rate} most={most} onOpen={() => { onOpen({ what: t("effect.whoHeldOutReached"), count: effect.held_out.reached, whom: { held_out: true, reached: true } }); }} />
        </div>
        <div className="figures">
          <div className={known ? "figure" : "figure unsure"}>
            <span className="figure-label">{t("effect.difference")}</span>
            <span className="figure-value">{signedShare(comparison.difference)}</span>
            <span className="small faint tabular">{t("effect.between", { low: signedShare(comparison.interval.low), high: signedShare(comparison.interval.high) })}</span>
          </div>
          <div className={known ? "figure" : "figure unsure"}>
            <span className="figure-label">{t("effect.incremental")}</span>
            <span className="figure-value">{signedWhole(comparison.incremental)}</span>
            <span className="small faint tabular">{t("effect.between", { low: signedWhole(comparison.incremental_interval.low), high: signedWhole(comparison.incremental_interval.high) })}</span>
          </div>
          {effect.money && (
            <div className={effect.money.verdict === "not_enough" ? "figure unsure" : "figure"}>
              <span className="figure-label">{t("effect.money")}</span>
              <span className="figure-value">{signedMoney(effect.money.difference)}</span>
              <span className="small faint tabular">{t("effect.between", { low: signedMoney(effect.money.interval.low), high: signedMoney(effect.money.interval.high) })}</span>
            </div>
          )}
        </div>
      </div>
      <section className="compared-chart">
        <h3>{t("effect.chart")}</h3>
        <p className="small faint">{t("effect.chartNote")}</p>
        <IntervalChart looks={effect.days} label={t("effect.chart")} />
      </section>
      <p className="small faint">{small.join(" ")}</p>
    </Panel>
  );
}

interface SideProps {
  label: string;
  arm: Effect["treated"];
  rate: Effect["rate"];
  /** Where the bars of both arms end. */
  most: number;
  ours?: boolean;
  onOpen: () => void;
}

/** One arm: its share as a bar, where the true share may lie as a whisker. */
function Side({ label, arm, rate, most, ours, onOpen }: SideProps) {
  const t = useT();
  const { may } = useMember();
  const share = arm.over > 0 ? arm.reached / arm.over : 0;
  const wide = (value: number) => percent(Math.min(1, value / most), 2);
  const people = t("effect.people", { reached: whole(arm.reached), over: whole(arm.over) });
  return (
    <div className={ours ? "arm ours" : "arm"} title={t("effect.rateBetween", { low: percent(rate.low, 1), high: percent(rate.high, 1) })}>
      <span className="row apart">
        <span className="quiet">{label}</span>
        <span className="row">
          {arm.reached > 0 && may("customers.read") ? <button type="button" className="plain-button link-number small tabular" onClick={onOpen}>{people}</button> : <span className="small faint tabular">{people}</span>}
          <b className="tabular">{percent(share, 1)}</b>
        </span>
      </span>
      <span className="arm-bar" aria-hidden>
        <span className="arm-share" style={{ width: wide(share) }} />
        <span className="arm-whisker" style={{ left: wide(rate.low), right: `calc(100% - ${wide(rate.high)})` }} />
      </span>
    </div>
  );
}

function signedWhole(count: number): string {
  const said = Math.round(count);
  return said === 0 ? "0" : `${said > 0 ? "+" : "−"}${whole(Math.abs(said))}`;
}

function signedMoney(fen: number): string {
  const said = money(Math.round(Math.abs(fen)));
  return Math.round(fen) === 0 ? said : `${fen > 0 ? "+" : "−"}${said}`;
}
