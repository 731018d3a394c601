import { useMedia } from "./useMedia";

const still = window.matchMedia("(prefers-reduced-motion: reduce)");

/** Whether the reader asked for nothing to move. */
export function useStill(): boolean {
  return useMedia(still);
}
