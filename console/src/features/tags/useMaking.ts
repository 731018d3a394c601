import { useSearchParams } from "react-router";

import { useMember } from "@/api/member";

/** Whether something new is being made; it stands in the address, so that ⌘K can lead there. */
export function useMaking(what: "tag" | "group"): { open: boolean; begin: () => void; end: () => void } {
  const [search, setSearch] = useSearchParams();
  const { may } = useMember();
  const set = (value: string | null) => {
    const next = new URLSearchParams(search);
    if (value === null) next.delete("new");
    else next.set("new", value);
    setSearch(next, { replace: true });
  };
  return { open: search.get("new") === what && may("tags.write"), begin: () => { set(what); }, end: () => { set(null); } };
}
