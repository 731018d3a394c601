import type { ReactNode } from "react";

/** A tag: its colour as a dot, its name as the word. */
export function TagChip({ colour, children, title }: { colour?: string | null | undefined; children: ReactNode; title?: string }) {
  return (
    <span className="chip" title={title}>
      {colour ? <span className="dot" style={{ background: colour }} aria-hidden /> : null}
      <span>{children}</span>
    </span>
  );
}
