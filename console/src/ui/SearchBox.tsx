import { CloseCircleFilled, SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import type { CSSProperties } from "react";

import { useT } from "@/i18n";

interface SearchBoxProps {
  label: string;
  /** What stands in it while it is empty; the label unless said otherwise. */
  placeholder?: string;
  value: string;
  onSearch: (words: string) => void;
  autoFocus?: boolean;
  style?: CSSProperties;
}

/** Words that narrow a list as they are typed. */
export function SearchBox({ label, placeholder = label, value, onSearch, autoFocus = false, style }: SearchBoxProps) {
  const t = useT();
  return (
    <Input
      type="search"
      className="search-box"
      prefix={<SearchOutlined aria-hidden className="faint" />}
      allowClear={{ clearIcon: <CloseCircleFilled aria-label={t("common.clear")} /> }}
      aria-label={label}
      placeholder={placeholder}
      autoFocus={autoFocus}
      value={value}
      onChange={(event) => { onSearch(event.target.value); }}
      style={style}
    />
  );
}
