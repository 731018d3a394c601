import { useT } from "@/i18n";

import type { AudienceNode, Leaf, TagGroupNode, TagNode } from "../condition";
import { useVocabulary } from "../vocabulary";
import { Pick, PickMany } from "./Pick";
import { numbered } from "./shapes";
import { WindowInput } from "./WindowInput";

/** 标签 有任一 高意向 */
export function TagLeaf({ leaf, onChange }: { leaf: TagNode; onChange: (leaf: Leaf) => void }) {
  const t = useT();
  const { tagGroups } = useVocabulary();
  const ops = [
    { value: "any" as const, label: t("builder.tagAny") },
    { value: "all" as const, label: t("builder.tagAll") },
    { value: "none" as const, label: t("builder.tagNone") },
    { value: "by_group" as const, label: t("builder.tagByGroup") },
  ];
  return (
    <>
      <span className="leaf-kind">{t("builder.kindTag")}</span>
      <Pick label={t("builder.choose")} value={leaf.op} options={ops} onPick={(op) => { onChange({ ...leaf, op }); }} />
      <PickMany label={t("builder.tags")} values={leaf.tags} options={tagGroups.map((group) => ({ label: group.name, options: group.tags.map(numbered) }))} onPick={(tags) => { onChange({ ...leaf, tags }); }} />
      {leaf.op !== "none" && (
        <>
          <span className="leaf-kind">{t("builder.tagged")}</span>
          <WindowInput moving value={leaf.tagged} onChange={(tagged) => { onChange({ ...leaf, tagged }); }} />
        </>
      )}
    </>
  );
}

/** 标签组 有任一 客户来源 */
export function TagGroupLeaf({ leaf, onChange }: { leaf: TagGroupNode; onChange: (leaf: Leaf) => void }) {
  const t = useT();
  const { tagGroups } = useVocabulary();
  const ops = [
    { value: "any" as const, label: t("builder.tagAny") },
    { value: "none" as const, label: t("builder.tagNone") },
  ];
  return (
    <>
      <span className="leaf-kind">{t("builder.kindTagGroup")}</span>
      <Pick label={t("builder.choose")} value={leaf.op} options={ops} onPick={(op) => { onChange({ ...leaf, op }); }} />
      <PickMany label={t("builder.tagGroups")} values={leaf.groups} options={tagGroups.map(numbered)} onPick={(groups) => { onChange({ ...leaf, groups }); }} />
    </>
  );
}

/** 在 人群 高意向 */
export function AudienceLeaf({ leaf, onChange }: { leaf: AudienceNode; onChange: (leaf: Leaf) => void }) {
  const t = useT();
  const { audiences } = useVocabulary();
  const ops = [
    { value: "in" as const, label: t("builder.inAudience") },
    { value: "not_in" as const, label: t("builder.notInAudience") },
  ];
  return (
    <>
      <Pick label={t("builder.choose")} value={leaf.op} options={ops} onPick={(op) => { onChange({ ...leaf, op }); }} />
      <PickMany label={t("builder.audiences")} values={leaf.audiences} options={audiences.map(numbered)} onPick={(chosen) => { onChange({ ...leaf, audiences: chosen }); }} />
    </>
  );
}
