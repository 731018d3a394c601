import { NavLink } from "react-router";

/** Views of one thing, each with its own address. */
export function Tabs({ label, items }: { label: string; items: { to: string; label: string; end?: boolean }[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {items.map((each) => (
        <NavLink key={each.to} to={each.to} end={each.end ?? false} replace>
          {each.label}
        </NavLink>
      ))}
    </nav>
  );
}
