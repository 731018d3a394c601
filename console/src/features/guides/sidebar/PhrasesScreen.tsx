import { useT } from "@/i18n";

import { PhraseShelf } from "../PhraseShelf";

/** Every phrase I may use, and my own to write. */
export function PhrasesScreen() {
  const t = useT();
  return (
    <>
      <h1>{t("guides.phrases")}</h1>
      <PhraseShelf />
    </>
  );
}
