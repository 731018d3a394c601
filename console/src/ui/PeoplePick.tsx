import { Select } from "antd";

import { useCalled, useNamesOf } from "./people";
import { usePeopleOptions } from "./usePeopleOptions";

/** Several customers, found by name, pinyin or the end of a phone. */
export function PeoplePick({ label, placeholder, values, onPick }: { label: string; placeholder: string; values: number[]; onPick: (customers: number[]) => void }) {
  const called = useCalled();
  const names = useNamesOf(values);
  const people = usePeopleOptions();
  return (
    <Select<{ value: number; label: string }[], (typeof people.options)[number]>
      {...people}
      mode="multiple"
      aria-label={label}
      placeholder={placeholder}
      labelInValue
      value={values.map((each, place) => ({ value: each, label: called(each, names[place]) }))}
      onChange={(picked) => {
        onPick(picked.map((each) => each.value));
        people.showSearch.onSearch("");
      }}
      popupMatchSelectWidth={320}
      style={{ minWidth: 200, maxWidth: 420, flex: "1 1 200px" }}
    />
  );
}
