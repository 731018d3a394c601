import { useState } from "react";

import { useT } from "@/i18n";
import { whole } from "@/i18n/format";

import type { Look } from "./effectApi";
import { reachOf, signedShare } from "./said";

const WIDE = 720;
const HIGH = 230;
const LEFT = 72;
const FOOT = 24;
const TOP = 12;

/** A difference day by day, with the interval in which it may truly lie; read by pointing or by arrow keys. */
export function IntervalChart({ looks, label }: { looks: Look[]; label: string }) {
  const t = useT();
  const [at, setAt] = useState<number | null>(null);
  const reach = reachOf(looks);
  const inside = (value: number) => Math.max(-reach, Math.min(reach, value));
  const x = (place: number) => LEFT + ((WIDE - LEFT - 8) * (looks.length > 1 ? place / (looks.length - 1) : 0.5));
  const y = (value: number) => TOP + ((HIGH - TOP - FOOT) * (reach - inside(value))) / (2 * reach);
  const first = looks[0];
  const last = looks[looks.length - 1];
  if (!first || !last) return <p className="quiet">{t("effect.chartEmpty")}</p>;
  const shown = looks[at ?? looks.length - 1] ?? last;
  const said = t("effect.chartAt", { day: shown.day, n: whole(shown.people), difference: signedShare(shown.difference), low: signedShare(shown.interval.low), high: signedShare(shown.interval.high) });
  const band = [...looks.map((each, place) => `${x(place).toFixed(1)} ${y(each.interval.high).toFixed(1)}`), ...looks.map((each, place) => `${x(place).toFixed(1)} ${y(each.interval.low).toFixed(1)}`).reverse()];
  const move = (step: number) => { setAt(Math.max(0, Math.min(looks.length - 1, (at ?? looks.length - 1) + step))); };
  return (
    <figure className="interval">
      { }
      <svg
        viewBox={`0 0 ${String(WIDE)} ${String(HIGH)}`}
        role="img"
         
        tabIndex={0}
        aria-label={`${label} ${said}`}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const along = (((event.clientX - box.left) / box.width) * WIDE - LEFT) / (WIDE - LEFT - 8);
          setAt(Math.max(0, Math.min(looks.length - 1, Math.round(along * (looks.length - 1)))));
        }}
        onPointerLeave={() => { setAt(null); }}
        onKeyDown={(event) => {
          if (event.key === "ArrowLeft") move(-1);
          if (event.key === "ArrowRight") move(1);
        }}
      >
        {[reach, reach / 2, 0, -reach / 2, -reach].map((value) => (
          <g key={value}>
            <line x1={LEFT} x2={WIDE - 8} y1={y(value)} y2={y(value)} className={value === 0 ? "interval-zero" : "interval-grid"} />
            <text x={LEFT - 8} y={y(value) + 4} textAnchor="end">{signedShare(value)}</text>
          </g>
        ))}
        {looks.length > 1 ? (
          <>
            <path d={`M${band.join("L")}Z`} className="interval-band" />
            <path d={`M${looks.map((each, place) => `${x(place).toFixed(1)} ${y(each.difference).toFixed(1)}`).join("L")}`} className="interval-line" />
          </>
        ) : (
          <line x1={x(0)} x2={x(0)} y1={y(first.interval.low)} y2={y(first.interval.high)} className="interval-one" />
        )}
        <circle cx={x(at ?? looks.length - 1)} cy={y(shown.difference)} r={4} className="interval-dot" />
        {at !== null && <line x1={x(at)} x2={x(at)} y1={TOP} y2={HIGH - FOOT} className="interval-cursor" />}
        <text x={WIDE - 12} y={y(0) - 6} textAnchor="end">{t("effect.chartZero")}</text>
        <text x={LEFT} y={HIGH - 4}>{first.day}</text>
        {looks.length > 1 && <text x={WIDE - 8} y={HIGH - 4} textAnchor="end">{last.day}</text>}
      </svg>
      <figcaption className="tabular small faint" aria-live="polite">{said}</figcaption>
    </figure>
  );
}
