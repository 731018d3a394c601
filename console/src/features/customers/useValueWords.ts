import { useT } from "@/i18n";
import { day, listed, minute, money } from "@/i18n/format";

import type { AttributeWord } from "./customersApi";
import { useSourceWords } from "./useSourceWords";

/** How the value of an attribute is said. */
export function useValueWords(): (word: AttributeWord, value: unknown) => string {
  const t = useT();
  const saySource = useSourceWords();
  return (word, value) => {
    const choice = (one: unknown) => word.choices.find((each) => each.value === one)?.label ?? String(one);
    if (Array.isArray(value)) return listed(value.map(choice));
    if (word.name === "source") return saySource(String(value));
    if (word.kind === "bool") return value ? t("common.yes") : t("common.no");
    if (word.kind === "money" && typeof value === "number") return money(value);
    if (word.kind === "time" && typeof value === "string") return minute(value);
    if (word.kind === "date" && typeof value === "string") return value.length > 10 ? day(value) : value;
    return choice(value);
  };
}
