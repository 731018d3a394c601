import { useMedia } from "./useMedia";

const phone = window.matchMedia("(max-width: 767px)");

/** Whether this is a phone's width. */
export function useNarrow(): boolean {
  return useMedia(phone);
}
