import { PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";

import { useT } from "@/i18n";

import type { Condition } from "../condition";
import { useVocabulary } from "../vocabulary";
import { freshGroup, freshLeaf, offered } from "./fresh";
import { useKindLabel } from "./useKindLabel";

/** The menu that adds a test or a group to a group. */
export function AddCondition({ onAdd }: { onAdd: (added: Condition) => void }) {
  const t = useT();
  const vocabulary = useVocabulary();
  const labelOf = useKindLabel();
  const items = [
    ...offered(vocabulary).map((kind) => ({ key: kind, label: labelOf(kind), onClick: () => { onAdd(freshLeaf(kind, vocabulary)); } })),
    { type: "divider" as const },
    { key: "group", label: t("builder.addGroup"), onClick: () => { onAdd(freshGroup()); } },
  ];
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button size="small" type="dashed" icon={<PlusOutlined />} className="add">
        {t("builder.add")}
      </Button>
    </Dropdown>
  );
}
