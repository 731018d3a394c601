import { Link } from "react-router";

import { useT } from "@/i18n";

import { Avatar } from "./Avatar";

/** A customer as they stand in every list: face, name, one line beneath; opens when it has an address. */
export function Person({ id, name, note, to }: { id: number; name: string | null | undefined; note?: string | null | undefined; to?: string }) {
  const t = useT();
  const shown = name?.trim() ? name : t("common.unnamed", { id });
  return (
    <span className="person">
      <Avatar name={shown} seed={id} />
      <span className="grow">
        <span className="clip" style={{ display: "block" }} title={shown}>
          {to ? <Link to={to}>{shown}</Link> : shown}
        </span>
        {note && (
          <span className="clip small faint tabular" style={{ display: "block" }}>
            {note}
          </span>
        )}
      </span>
    </span>
  );
}
