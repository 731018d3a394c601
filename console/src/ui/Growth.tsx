import { useId, useState } from "react";

import { day, large, whole } from "@/i18n/format";

import "./growth.css";

export interface GrowthPoint {
  at: string;
  value: number;
}

const WIDE = 720;
const HIGH = 180;
const LEFT = 52;
const FOOT = 24;
const TOP = 12;

/** How a number moved: one line on an axis that begins at zero, read by pointing or by arrow keys. */
export function Growth({ points, label }: { points: GrowthPoint[]; label: string }) {
  const fade = useId();
  const [at, setAt] = useState<number | null>(null);
  const top = ceiling(Math.max(1, ...points.map((each) => each.value)));
  const x = (place: number) => LEFT + ((WIDE - LEFT - 8) * place) / Math.max(1, points.length - 1);
  const y = (value: number) => TOP + (HIGH - TOP - FOOT) * (1 - value / top);
  const line = points.map((each, place) => `${place ? "L" : "M"}${x(place).toFixed(1)} ${y(each.value).toFixed(1)}`).join("");
  const first = points[0];
  const last = points[points.length - 1];
  const shown = at === null ? undefined : points[at];
  if (!first || !last) return null;
  const point = (event: React.PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const inside = ((event.clientX - box.left) / box.width) * WIDE - LEFT;
    setAt(Math.max(0, Math.min(points.length - 1, Math.round((inside / (WIDE - LEFT - 8)) * (points.length - 1)))));
  };
  return (
    <figure className="growth">
      <svg viewBox={`0 0 ${String(WIDE)} ${String(HIGH)}`} role="img" aria-label={`${label}: ${whole(first.value)} → ${whole(last.value)}`} onPointerMove={point} onPointerLeave={() => { setAt(null); }}>
        <defs>
          <linearGradient id={fade} x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="var(--accent)" stopOpacity="0.18" />
            <stop offset="1" stopColor="var(--accent)" stopOpacity="0" />
          </linearGradient>
        </defs>
        {[0, top / 2, top].map((value) => (
          <g key={value}>
            <line x1={LEFT} x2={WIDE - 8} y1={y(value)} y2={y(value)} className="growth-grid" />
            <text x={LEFT - 8} y={y(value) + 4} textAnchor="end">
              {large(value)}
            </text>
          </g>
        ))}
        {points.length > 1 && <path d={`${line}L${String(x(points.length - 1))} ${String(y(0))}L${String(LEFT)} ${String(y(0))}Z`} fill={`url(#${fade})`} />}
        <path d={line} className="growth-line" />
        {points.length === 1 && <circle cx={x(0)} cy={y(first.value)} r={3.5} className="growth-dot" />}
        <text x={LEFT} y={HIGH - 4}>{day(first.at)}</text>
        {points.length > 1 && (
          <text x={WIDE - 8} y={HIGH - 4} textAnchor="end">{day(last.at)}</text>
        )}
        {shown && at !== null && (
          <g>
            <line x1={x(at)} x2={x(at)} y1={TOP} y2={y(0)} className="growth-cursor" />
            <circle cx={x(at)} cy={y(shown.value)} r={4} className="growth-dot" />
          </g>
        )}
      </svg>
      <figcaption className="tabular small faint" aria-live="polite">
        {shown ? `${day(shown.at)} · ${whole(shown.value)}` : "\u00a0"}
      </figcaption>
    </figure>
  );
}

/** A round number at or above the largest value: 1, 2, 5 × 10ⁿ, never odd halves. */
function ceiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 6, 8, 10].find((each) => each * power >= value) ?? 10;
  return Math.max(2, step * power);
}
