import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { SelectProps } from "antd";
import { useState } from "react";

import { client, unwrap } from "@/api/client";
import { useT } from "@/i18n";
import { large } from "@/i18n/format";

import { useDebounced } from "./useDebounced";

/** What makes a Select one that finds audiences by name, with how many are in. */
export function useAudienceOptions() {
  const t = useT();
  const [words, setWords] = useState("");
  const search = useDebounced(words.trim(), 200);
  const audiences = useQuery({
    queryKey: ["audiences", "options", search],
    queryFn: async ({ signal }) => (await unwrap(client.GET("/api/v1/audiences", { params: { query: { search, archived: false, limit: 50 } }, signal }))).items,
    placeholderData: keepPreviousData,
  });
  return {
    showSearch: { filterOption: false, searchValue: words, onSearch: setWords },
    loading: audiences.isFetching,
    allowClear: true,
    notFoundContent: audiences.isPending ? t("common.loading") : t("messages.gapsNoAudience"),
    options: (audiences.data ?? []).map((each) => ({ value: each.id, label: `${each.name} · ${t("common.people", { n: large(each.count) })}` })),
  } satisfies SelectProps<number>;
}
