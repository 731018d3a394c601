import type { ReactNode } from "react";
import { Link } from "react-router";

import { large, whole } from "@/i18n/format";

/** A number with what it counts; opens to the people or things behind it. */
export function Figure({ label, value, to, note }: { label: ReactNode; value: number | string | null; to?: string | undefined; note?: ReactNode }) {
  const shown = typeof value === "number" ? large(value) : (value ?? "—");
  const inside = (
    <>
      <span className="figure-label">{label}</span>
      <span className="figure-value" title={typeof value === "number" ? whole(value) : undefined}>
        {shown}
      </span>
      {note !== undefined && <span className="small faint">{note}</span>}
    </>
  );
  return to ? (
    <Link className="figure" to={to}>
      {inside}
    </Link>
  ) : (
    <div className="figure">{inside}</div>
  );
}
