import { useParams } from "react-router";

import { itemsOf } from "@/api/pages";
import { useRules } from "@/features/audiences/rulesApi";
import { TagRules } from "@/features/audiences/TagRules";
import { TagPage } from "@/features/tags/TagPage";

/** A tag, and the rules that keep it: they ask about customers as audiences do. */
export function TagScreen() {
  const { tagId = "" } = useParams();
  const rules = useRules(Number(tagId));
  const names = new Map(itemsOf(rules).map((each) => [each.id, each.name]));
  return <TagPage ruleNames={names} rules={(tag) => <TagRules tagId={tag.id} isArchived={tag.archived_at !== null} />} />;
}
