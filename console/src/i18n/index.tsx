import { Fragment, useMemo, useSyncExternalStore, type ReactNode } from "react";

import { fill, look, word, type Blanks, type Language, type MessageKey } from "./messages";
import { currentSpeech, onSpeech } from "./store";

export type { Language, MessageKey } from "./messages";

export interface Speech {
  language: Language;
  /** The sentence at this key, its blanks filled. */
  t: (key: MessageKey, blanks?: Blanks) => string;
  /** The same with elements in the blanks: `rich("audiences.entered", { n: <b>12</b> })`. */
  rich: (key: MessageKey, blanks: Record<string, ReactNode>) => ReactNode;
}

export function useSpeech(): Speech {
  const spoken = useSyncExternalStore(onSpeech, currentSpeech);
  return useMemo(
    () => ({
      language: spoken.language,
      t: (key, blanks = {}) => fill(look(spoken.messages, key), blanks),
      rich: (key, blanks) => richly(look(spoken.messages, key), blanks),
    }),
    [spoken],
  );
}

export function useT(): Speech["t"] {
  return useSpeech().t;
}

/** The sentence at a key that came from the server; null where there is none. */
export function useWord(): (key: string) => string | null {
  const spoken = useSyncExternalStore(onSpeech, currentSpeech);
  return useMemo(() => (key) => word(spoken.messages, key), [spoken]);
}

function richly(sentence: string, blanks: Record<string, ReactNode>): ReactNode {
  return sentence.split(/(\{\w+\})/).map((part, place) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return <Fragment key={place}>{name === undefined ? part : (blanks[name] ?? part)}</Fragment>;
  });
}
