import { Select } from "antd";
import { useState } from "react";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { useTagShade } from "@/ui/tagColours";
import { useDebounced } from "@/ui/useDebounced";

import { useTagChoices } from "./customersApi";

export type TagChoice = components["schemas"]["TagOut"];

/** One tag, found by its name or its group's. */
export function TagSelect({ value, without = [], small, onChoose }: { value: number | null; without?: number[]; small?: boolean; onChoose: (tag: TagChoice) => void }) {
  const t = useT();
  const shade = useTagShade();
  const [words, setWords] = useState("");
  const found = useTagChoices(useDebounced(words.trim()));
  const choices = (found.data?.items ?? []).filter((each) => !without.includes(each.id));
  const groups = [...new Set(choices.map((each) => each.group_name))].map((name) => ({
    label: name,
    options: choices
      .filter((each) => each.group_name === name)
      .map((each) => ({
        value: each.id,
        label: (
          <span className="row">
            <span aria-hidden style={{ width: 8, height: 8, borderRadius: "50%", background: shade(each.colour), flex: "none" }} />
            {each.name}
          </span>
        ),
      })),
  }));
  return (
    <Select
      size={small ? "small" : "medium"}
      aria-label={t("customers.tagChoose")}
      placeholder={small ? t("customers.add") : t("customers.tagChoose")}
      value={value}
      loading={found.isPending}
      showSearch={{ filterOption: false, onSearch: setWords }}
      options={groups}
      popupMatchSelectWidth={240}
      onChange={(id) => {
        const tag = choices.find((each) => each.id === id);
        if (tag) onChoose(tag);
      }}
      style={{ minWidth: 120 }}
    />
  );
}
