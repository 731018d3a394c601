import { useT } from "@/i18n";

import type { AttributeNode, Leaf } from "../condition";
import { useVocabulary } from "../vocabulary";
import { freshAttribute } from "./fresh";
import { Pick } from "./Pick";
import { TestInput } from "./TestInput";

/** 城市 是 北京 */
export function AttributeLeaf({ leaf, onChange }: { leaf: AttributeNode; onChange: (leaf: Leaf) => void }) {
  const t = useT();
  const { attributes } = useVocabulary();
  const field = attributes.find((each) => each.name === leaf.attribute);
  return (
    <>
      <Pick
        label={t("builder.attribute")}
        value={leaf.attribute || undefined}
        options={attributes.map((each) => ({ value: each.name, label: each.label }))}
        onPick={(name) => { onChange(freshAttribute(attributes.find((each) => each.name === name))); }}
        width={104}
      />
      {field && <TestInput field={field} test={leaf} onChange={(test) => { onChange({ ...test, kind: "attribute", attribute: leaf.attribute }); }} />}
    </>
  );
}
