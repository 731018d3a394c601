import { useSyncExternalStore } from "react";

import { paint, type Appearance } from "./theme";

export type Wish = Appearance | "system";

const KEPT_AS = "yutang.appearance";
const listeners = new Set<() => void>();
const night = window.matchMedia("(prefers-color-scheme: dark)");

export function wish(): Wish {
  const kept = localStorage.getItem(KEPT_AS);
  return kept === "light" || kept === "dark" ? kept : "system";
}

function appearance(): Appearance {
  const wished = wish();
  if (wished !== "system") return wished;
  return night.matches ? "dark" : "light";
}

function changed(): void {
  paint(appearance());
  listeners.forEach((listener) => {
    listener();
  });
}

night.addEventListener("change", changed);

export function choose(wished: Wish): void {
  if (wished === "system") localStorage.removeItem(KEPT_AS);
  else localStorage.setItem(KEPT_AS, wished);
  changed();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useAppearance(): { appearance: Appearance; wish: Wish } {
  const now = useSyncExternalStore(subscribe, appearance);
  const wished = useSyncExternalStore(subscribe, wish);
  return { appearance: now, wish: wished };
}
