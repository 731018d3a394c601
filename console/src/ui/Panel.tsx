import type { ReactNode } from "react";

/** A framed part of a page, with a heading when it needs one. */
export function Panel({
  title,
  note,
  extra,
  flush,
  children,
}: {
  title?: string;
  note?: ReactNode;
  extra?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <section className="panel" aria-label={title}>
      {(title !== undefined || extra !== undefined) && (
        <div className="panel-head">
          <div className="grow">
            {title !== undefined && <h2>{title}</h2>}
            {note !== undefined && <p className="panel-note">{note}</p>}
          </div>
          {extra}
        </div>
      )}
      <div className={flush ? "panel-body flush" : "panel-body"}>{children}</div>
    </section>
  );
}
