import { Select } from "antd";

import { useT } from "@/i18n";

import { useCalled, useNameOf } from "./people";
import { usePeopleOptions } from "./usePeopleOptions";

/** One customer, found by name, pinyin or the end of a phone. */
export function PersonPick({ value, onPick, placeholder, waits = false }: { value: number | null; onPick: (customer: number | null) => void; placeholder?: string; waits?: boolean }) {
  const t = useT();
  const called = useCalled();
  const chosen = useNameOf(value);
  const { showSearch, ...people } = usePeopleOptions();
  return (
    <Select
      {...people}
      aria-label={t("audiences.whyPick")}
      placeholder={placeholder ?? t("audiences.whyPick")}
      allowClear
      autoFocus={value === null && !waits}
      showSearch={showSearch}
      labelInValue
      value={value === null ? null : { value, label: called(value, chosen.data) }}
      onChange={(picked: { value: number; label: string } | null | undefined) => {
        onPick(picked?.value ?? null);
        showSearch.onSearch("");
      }}
      style={{ width: "100%" }}
    />
  );
}
