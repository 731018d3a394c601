import type { ReactNode } from "react";

/** A named control, with what to know before using it. */
export function Field({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <div className="stack close" role="group" aria-label={label}>
      <span className="quiet">{label}</span>
      {children}
      {hint !== undefined && <span className="small faint">{hint}</span>}
    </div>
  );
}
