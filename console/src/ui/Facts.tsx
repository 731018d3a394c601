import type { ReactNode } from "react";

/** Names and values, one beneath the other. */
export function Facts({ items }: { items: { label: string; value: ReactNode }[] }) {
  return (
    <dl className="facts">
      {items.map((each) => (
        <div key={each.label} style={{ display: "contents" }}>
          <dt>{each.label}</dt>
          <dd>{each.value}</dd>
        </div>
      ))}
    </dl>
  );
}
