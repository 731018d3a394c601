import { useSyncExternalStore } from "react";

/** Whether what is asked of the reader's screen holds, followed as it changes. */
export function useMedia(media: MediaQueryList): boolean {
  return useSyncExternalStore(
    (listener) => {
      media.addEventListener("change", listener);
      return () => {
        media.removeEventListener("change", listener);
      };
    },
    () => media.matches,
  );
}
