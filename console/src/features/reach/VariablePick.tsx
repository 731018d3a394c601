import { PlusCircleOutlined } from "@ant-design/icons";
import { Button, Input, Popover, Select } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";

import { useKit, type Word } from "./messagesApi";

/** A variable, picked by what it is called, with what stands in where it is not known. */
export function VariablePick({ onPick }: { onPick: (written: string) => void }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={<Inside onPick={(written) => { setOpen(false); onPick(written); }} />}
    >
      <Button type="text" size="small" icon={<PlusCircleOutlined />}>
        {t("messages.variable")}
      </Button>
    </Popover>
  );
}

function Inside({ onPick }: { onPick: (written: string) => void }) {
  const t = useT();
  const kit = useKit();
  const [name, setName] = useState<string | null>(null);
  const [instead, setInstead] = useState("");
  const words = kit.data?.words ?? [];
  const word = words.find((each) => each.name === name);
  return (
    <div className="stack tight variable-pick">
      <Select
        autoFocus
        aria-label={t("messages.variablePick")}
        placeholder={t("messages.variablePick")}
        showSearch={{ optionFilterProp: "search" }}
        options={grouped(words)}
        value={name}
        onChange={(picked) => { setName(picked); setInstead(""); }}
      />
      {word && word.kind !== "bool" && (
        <Input
          aria-label={t("messages.instead")}
          placeholder={t("messages.insteadHint")}
          prefix={<span className="faint small">{t("messages.instead")}</span>}
          value={instead}
          onChange={(event) => { setInstead(event.target.value); }}
          onPressEnter={() => { onPick(written(word, instead)); }}
        />
      )}
      <p className="small faint">{t("messages.insteadWhy")}</p>
      <Button type="primary" disabled={!word} onClick={() => { if (word) onPick(written(word, instead)); }}>
        {t("messages.insert")}
      </Button>
    </div>
  );
}

function grouped(words: Word[]) {
  const groups = new Map<string, { label: string; value: string; search: string }[]>();
  for (const each of words) {
    const label = groups.get(each.group_label) ?? [];
    groups.set(each.group_label, [...label, { label: each.label, value: each.name, search: `${each.label} ${each.name}` }]);
  }
  return [...groups].map(([label, options]) => ({ label, options }));
}

/** {{ customer.name | default: '亲' }}; days and instants as people write them. */
function written(word: Word, instead: string): string {
  const form = word.kind === "date" || word.kind === "time" ? " | date: '%-m月%-d日'" : "";
  const fallback = instead ? ` | default: '${instead.replaceAll("'", "’")}'` : "";
  // A date that is not known has no form: what stands in would never be reached.
  return form && fallback ? `{% if ${word.name} %}{{ ${word.name}${form} }}{% else %}${instead}{% endif %}` : `{{ ${word.name}${form}${fallback} }}`;
}
