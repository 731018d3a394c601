import dayjs from "dayjs";
import { useState } from "react";

import { timeZone } from "@/i18n/format";

import { useCreateMessage, type Channel, type KitChannel, type Purpose } from "../messagesApi";
import { drafted, firstParts, isReadable, plainChannel, textOf, type Draft } from "../parts";

/** What is said: a message that stands, or one written on the spot. */
export interface Said {
  how: "pick" | "write";
  message: number | null;
  purpose: Purpose;
  drafts: Draft[];
}

/** What is said in a channel where everybody hears the same. */
export function useSaid(kit: KitChannel, message: number | null) {
  const channel = plainChannel(kit);
  const [said, setSaid] = useState<Said>(() => ({ how: message === null ? "write" : "pick", message, purpose: "marketing", drafts: firstParts(channel).map(drafted) }));
  const parts = said.drafts.map((each) => each.part);
  const [kept, setKept] = useState<{ id: number; says: string } | null>(null);
  const create = useCreateMessage();
  const says = JSON.stringify([said.purpose, parts]);
  return {
    channel,
    said,
    setSaid: (next: Said) => { create.reset(); setSaid(next); },
    parts,
    error: create.error,
    busy: create.isPending,
    ready: said.how === "pick" ? said.message !== null : isReadable(parts, channel),
    /** The message it is asked of the server by, as far as there is one. */
    known: said.how === "pick" ? said.message : kept?.says === says ? kept.id : null,
    /** The message's number; what was written is kept first, once. */
    keep: async (name: Channel): Promise<number> => {
      if (said.how === "pick" && said.message !== null) return said.message;
      if (kept?.says === says) return kept.id;
      const made = await create.mutateAsync({ name: called(parts), purpose: said.purpose, channel: name, parts });
      setKept({ id: made.id, says });
      return made.id;
    },
  };
}

export type Saying = ReturnType<typeof useSaid>;

/** What a message written on the spot is called: how it begins, and when. */
function called(parts: { kind: string }[]): string {
  const begins = parts.map((part) => textOf(part, "text") || textOf(part, "title")).find((each) => each.trim() !== "") ?? "";
  return `${begins.trim().replace(/\s+/g, " ").slice(0, 24)} ${dayjs().tz(timeZone()).format("MM-DD HH:mm:ss")}`.trim();
}
