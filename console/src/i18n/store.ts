import dayjs from "dayjs";
import "dayjs/locale/zh-cn";

import type { Language, Messages } from "./messages";

interface Spoken {
  language: Language;
  messages: Messages | null;
}

const KEPT_AS = "yutang.language";
let spoken: Spoken = { language: "zh-CN", messages: null };
const listeners = new Set<() => void>();

export function currentSpeech(): Spoken {
  return spoken;
}

export function onSpeech(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language kept from last time, else the browser's; Chinese unless something said English. */
export function wantedLanguage(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept === "zh-CN" || kept === "en-US") return kept;
  const browsers = navigator.languages.find((each) => /^(zh|en)/i.test(each)) ?? "zh";
  return /^en/i.test(browsers) ? "en-US" : "zh-CN";
}

/** Load a language and speak it everywhere from now on. */
export async function speak(language: Language): Promise<void> {
  const messages = await load(language);
  spoken = { language, messages };
  if (language !== "__keys__") localStorage.setItem(KEPT_AS, language);
  document.documentElement.lang = language === "en-US" ? "en" : "zh-CN";
  dayjs.locale(language === "en-US" ? "en" : "zh-cn");
  listeners.forEach((listener) => {
    listener();
  });
}

async function load(language: Language): Promise<Messages | null> {
  if (language === "zh-CN") return (await import("./zh-CN")).zhCN;
  if (language === "en-US") return (await import("./en-US")).enUS;
  return null;
}
