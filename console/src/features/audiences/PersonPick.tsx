import { Select } from "antd";

import { useT } from "@/i18n";

import { useCalled, useNameOf } from "./peopleApi";
import { usePeopleOptions } from "./usePeopleOptions";

/** One customer, found by name, pinyin or the end of a phone. */
export function PersonPick({ value, onPick }: { value: number | null; onPick: (customer: number | null) => void }) {
  const t = useT();
  const called = useCalled();
  const chosen = useNameOf(value);
  const { showSearch, ...people } = usePeopleOptions();
  return (
    <Select
      {...people}
      aria-label={t("audiences.whyPick")}
      placeholder={t("audiences.whyPick")}
      allowClear
      autoFocus={value === null}
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
