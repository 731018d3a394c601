import { useState } from "react";
import { useSearchParams } from "react-router";

import { Refusal } from "@/api/refusal";

import { usePreview, type Channel } from "./messagesApi";
import type { Part } from "./parts";

/** How a draft reads: as a customer whose number stands in the address, or with samples; or what is wrong with it. */
export function useReading(channel: Channel, parts: Part[], readable: boolean) {
  const [search, setSearch] = useSearchParams();
  const asked = search.get("as") ?? "";
  const customer = /^[1-9]\d{0,9}$/.test(asked) ? Number(asked) : null;
  const preview = usePreview({ channel, parts, customer_id: customer }, readable);
  // What was read last stays while something is being mended.
  const [last, setLast] = useState(preview.data);
  if (preview.data && preview.data !== last) setLast(preview.data);
  const refusal = preview.error instanceof Refusal ? preview.error : null;
  const unsound = refusal?.code === "reach.message_not_sound";
  return {
    customer,
    choose: (id: number | null) => {
      setSearch((before) => {
        if (id === null) before.delete("as");
        else before.set("as", String(id));
        return before;
      }, { replace: true });
    },
    data: preview.data ?? last,
    isFetching: preview.isFetching,
    /** What concerns a field stands beside it; the rest beside the preview. */
    error: unsound ? null : preview.error,
    unsound: readable && unsound,
    problems: unsound && readable ? refusal.errors.map((each): [string, string] => [each.field, each.message]) : [],
    lengths: readable ? (preview.data?.lengths ?? []) : [],
  };
}
