import { useSyncExternalStore } from "react";

const phone = window.matchMedia("(max-width: 767px)");

/** Whether this is a phone's width. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      phone.addEventListener("change", listener);
      return () => {
        phone.removeEventListener("change", listener);
      };
    },
    () => phone.matches,
  );
}
