import { BgColorsOutlined, FilterOutlined, LogoutOutlined, PlusOutlined, TranslationOutlined } from "@ant-design/icons";

import { useMember, useSignOut } from "@/api/member";
import { useSpeech } from "@/i18n";
import { speak } from "@/i18n/store";
import { choose, useAppearance } from "@/ui/appearance";

import type { Found } from "./useFound";

const SHORTEST_SENTENCE = 4;

/** What ⌘K can do: begin something, or change how the console looks and speaks. */
export function useActions(words: string): Found[] {
  const { t, language } = useSpeech();
  const { path, may } = useMember();
  const { appearance } = useAppearance();
  const signOut = useSignOut();
  const group = "shell.findActions" as const;
  const writesTags = may("tags.write");
  const actions: (Found & { shown: boolean })[] = [
    { key: "do-audience", group, label: t("audiences.create"), icon: <PlusOutlined />, to: path("audiences/new"), shown: may("audiences.read") },
    { key: "do-rule", group, label: t("shell.doRule"), icon: <PlusOutlined />, to: path("audiences/rules/new"), shown: writesTags && may("audiences.write") },
    { key: "do-tag", group, label: t("tags.newTag"), icon: <PlusOutlined />, to: path("tags?new=tag"), shown: writesTags },
    { key: "do-group", group, label: t("tags.newGroup"), icon: <PlusOutlined />, to: path("tags?new=group"), shown: writesTags },
    { key: "do-message", group, label: t("shell.doMessage"), icon: <PlusOutlined />, to: path("messages/new"), shown: may("reach.write") },
    { key: "do-import", group, label: t("today.startImport"), icon: <PlusOutlined />, to: path("imports"), shown: may("imports.write") },
    {
      key: "do-appearance",
      group,
      label: t(appearance === "dark" ? "shell.doLight" : "shell.doDark"),
      icon: <BgColorsOutlined />,
      run: () => { choose(appearance === "dark" ? "light" : "dark"); },
      shown: true,
    },
    { key: "do-language", group, label: language === "en-US" ? "切换到简体中文" : "Switch to English", icon: <TranslationOutlined />, run: () => void speak(language === "en-US" ? "zh-CN" : "en-US"), shown: true },
    { key: "do-sign-out", group, label: t("shell.signOut"), icon: <LogoutOutlined />, run: () => { signOut.mutate(); }, shown: true },
  ];
  const wanted = words.toLowerCase();
  const found = actions.filter((each) => each.shown && each.label.toLowerCase().includes(wanted));
  // What is more than a number may be meant as a condition; the builder reads it, or says where it stops.
  const isSentence = Array.from(words).length >= SHORTEST_SENTENCE && /[^\d\s+-]/.test(words);
  if (!isSentence || !may("audiences.read")) return found;
  return [...found, { key: "do-sentence", group, label: t("shell.doSentence", { words }), icon: <FilterOutlined />, to: path(`audiences/new?sentence=${encodeURIComponent(words)}`) }];
}
