import { Select } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";
import { useDebounced } from "@/ui/useDebounced";

import { useOwners } from "./tagsApi";

interface OwnerSelectProps {
  value?: number | null;
  onChange?: (owner: number | null) => void;
  id?: string;
  /** What the owner is called today; who has left is not in the list of members. */
  called?: string | null;
}

/** Who answers for a tag or a group: a member, found by name, or nobody. */
export function OwnerSelect({ value, onChange, id, called }: OwnerSelectProps) {
  const t = useT();
  const [words, setWords] = useState("");
  const [first] = useState(value);
  const owners = useOwners(useDebounced(words.trim()));
  const found = (owners.data ?? []).map((each) => ({ value: each.id, label: each.name }));
  const keeps = called && typeof first === "number" && !words && !found.some((each) => each.value === first);
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      allowClear
      placeholder={t("tags.ownerNone")}
      value={value ?? null}
      onChange={(chosen: number | null | undefined) => onChange?.(chosen ?? null)}
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={owners.isFetching}
      options={keeps ? [{ value: first, label: called }, ...found] : found}
    />
  );
}
