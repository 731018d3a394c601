import dayjs from "dayjs";
import "dayjs/locale/zh-cn";

import type { First, Language, Later } from "./messages";

interface Spoken {
  language: Language;
  messages: (First & Partial<Later>) | null;
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

let sayingAll: Promise<void> | null = null;

/** Load a language and speak it everywhere from now on. */
export async function speak(language: Language): Promise<void> {
  spoken = { language, messages: await load(language) };
  if (language !== "__keys__") localStorage.setItem(KEPT_AS, language);
  document.documentElement.lang = language === "en-US" ? "en" : "zh-CN";
  dayjs.locale(language === "en-US" ? "en" : "zh-cn");
  listeners.forEach((listener) => {
    listener();
  });
}

/** Also load what the first screen did without; screens that say it wait for this. */
export function sayAll(): Promise<void> {
  sayingAll ??= Promise.resolve().then(() => speak(spoken.language));
  return sayingAll;
}

async function load(language: Language): Promise<Spoken["messages"]> {
  if (language === "__keys__") return null;
  const [first, later] = await Promise.all([language === "zh-CN" ? import("./zh-CN") : import("./en-US"), sayingAll ? (language === "zh-CN" ? import("./zh-CN/later") : import("./en-US/later")) : null]);
  return { ...("zhCN" in first ? first.zhCN : first.enUS), ...later?.later };
}
