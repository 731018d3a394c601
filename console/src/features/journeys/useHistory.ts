import { useState } from "react";

const MOST = 100;

interface Kept<T> {
  past: T[];
  now: T;
  future: T[];
}

/** A value with its past: each change can be taken back and done again. */
export function useHistory<T>(first: T) {
  const [kept, setKept] = useState<Kept<T>>({ past: [], now: first, future: [] });
  return {
    now: kept.now,
    canUndo: kept.past.length > 0,
    canRedo: kept.future.length > 0,
    change: (next: T) => {
      setKept(({ past, now }) => ({ past: [...past, now].slice(-MOST), now: next, future: [] }));
    },
    undo: () => {
      setKept((before) => {
        const last = before.past.at(-1);
        return last === undefined ? before : { past: before.past.slice(0, -1), now: last, future: [before.now, ...before.future] };
      });
    },
    redo: () => {
      setKept((before) => {
        const [next, ...future] = before.future;
        return next === undefined ? before : { past: [...before.past, before.now], now: next, future };
      });
    },
  };
}
