import { listed } from "@/i18n/format";
import { TagChip } from "@/ui/TagChip";
import { useTagShade } from "@/ui/tagColours";

import type { Tagging } from "./customersApi";

const SHOWN = 3;

/** The first few tags of a customer, and how many more there are. */
export function FewTags({ tags }: { tags: Tagging[] }) {
  const shade = useTagShade();
  if (tags.length === 0) return null;
  return (
    <span className="few-tags">
      {tags.slice(0, SHOWN).map((each) => (
        <TagChip key={each.tag_id} colour={shade(each.colour)} title={`${each.group_name} · ${each.name}`}>
          {each.name}
        </TagChip>
      ))}
      {tags.length > SHOWN && (
        <span className="small faint tabular" title={listed(tags.slice(SHOWN).map((each) => each.name))}>
          +{tags.length - SHOWN}
        </span>
      )}
    </span>
  );
}
