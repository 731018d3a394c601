import { Select } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";

import { useT } from "@/i18n";
import { SearchBox } from "@/ui/SearchBox";
import { useDebounced } from "@/ui/useDebounced";
import { useNarrow } from "@/ui/useNarrow";

import { useStaffNames, useStores, useTagChoices } from "./customersApi";

/** Words and filters of the list, kept in the address. */
export function CustomerFilters() {
  const t = useT();
  const onPhone = useNarrow();
  const [search, setSearch] = useSearchParams();
  const [tagWords, setTagWords] = useState("");
  const tags = useTagChoices(useDebounced(tagWords.trim()));
  const staff = useStaffNames();
  const stores = useStores();
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  const narrow = (name: string, label: string, options: { value: string; label: string }[], onSearch?: (words: string) => void) => (
    <Select
      allowClear
      aria-label={label}
      placeholder={label}
      style={{ flex: onPhone ? "1 1 140px" : "0 0 160px", minWidth: 0 }}
      value={search.get(name)}
      options={options}
      showSearch={onSearch ? { filterOption: false, onSearch } : { optionFilterProp: "label" }}
      onChange={(value) => { set(name, value ?? null); }}
    />
  );
  return (
    <div className="filters">
      <SearchBox label={t("customers.search")} autoFocus={!onPhone} value={search.get("q") ?? ""} onSearch={(q) => { set("q", q); }} style={{ flex: onPhone ? "1 1 100%" : "0 1 360px" }} />
      {narrow("tag", t("customers.byTag"), (tags.data?.items ?? []).map((each) => ({ value: String(each.id), label: `${each.group_name} · ${each.name}` })), setTagWords)}
      {narrow("staff", t("customers.byStaff"), (staff.data?.items ?? []).map((each) => ({ value: String(each.id), label: each.name })))}
      {narrow("store", t("customers.byStore"), (stores.data?.items ?? []).map((each) => ({ value: String(each.id), label: each.name })))}
    </div>
  );
}
