import { Select } from "antd";

interface Option<V> {
  value: V;
  label: string;
}

/** One of a few words inside the sentence of a condition. */
export function Pick<V extends string | number>({ label, value, options, onPick, width }: { label: string; value: V | undefined; options: Option<V>[]; onPick: (value: V) => void; width?: number }) {
  return (
    <Select
      aria-label={label}
      placeholder={label}
      value={value ?? null}
      options={options}
      onChange={onPick}
      popupMatchSelectWidth={false}
      showSearch={options.length > 8 ? { optionFilterProp: "label" } : false}
      style={{ minWidth: width ?? 84 }}
    />
  );
}

/** Several of many words. */
export function PickMany<V extends string | number>({ label, values, options, onPick }: { label: string; values: V[]; options: (Option<V> | { label: string; options: Option<V>[] })[]; onPick: (values: V[]) => void }) {
  return (
    <Select<V[], Option<V> | { label: string; options: Option<V>[] }>
      mode="multiple"
      aria-label={label}
      placeholder={label}
      value={values}
      options={options}
      onChange={onPick}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: "label" }}
      maxTagCount="responsive"
      style={{ minWidth: 180, maxWidth: 420, flex: "1 1 180px" }}
    />
  );
}
