import type { SelectProps } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";
import { useDebounced } from "./useDebounced";

import { useCalled, usePeopleNamed } from "./people";

interface PersonOption {
  value: number;
  label: string;
  note: string;
}

/** What makes a Select one that finds customers by name, pinyin or the end of a phone. */
export function usePeopleOptions() {
  const t = useT();
  const called = useCalled();
  const [words, setWords] = useState("");
  const settled = useDebounced(words.trim(), 200);
  const people = usePeopleNamed(settled);
  const options: PersonOption[] = (people.data ?? []).map((each) => ({ value: each.id, label: called(each.id, each.name), note: [each.city, each.phone].filter(Boolean).join(" · ") }));
  return {
    showSearch: { filterOption: false, searchValue: words, onSearch: setWords },
    loading: people.isFetching,
    notFoundContent: people.isPending ? t("common.loading") : t("audiences.whyNobody", { words: settled }),
    options,
    optionRender: ({ label, data }) => (
      <span className="row apart">
        <span className="clip">{label}</span>
        <span className="small faint tabular">{data.note}</span>
      </span>
    ),
  } satisfies SelectProps<{ value: number; label: string }[], PersonOption>;
}
