import { useMember } from "@/api/member";
import { whole } from "@/i18n/format";

import type { Opened } from "./Behind";

/** A number that opens into its people, where there are any and they may be seen. */
export function Count({ count, what, people, onOpen }: Opened & { onOpen: (opened: Opened) => void }) {
  const { may } = useMember();
  if (count === 0 || !may("customers.read")) return <span className="tabular">{whole(count)}</span>;
  return (
    <button type="button" className="plain-button link-number tabular" aria-label={`${what} ${whole(count)}`} onClick={() => { onOpen({ count, what, people }); }}>
      {whole(count)}
    </button>
  );
}
