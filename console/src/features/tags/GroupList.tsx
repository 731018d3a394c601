import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { useTagShade } from "@/ui/tagColours";

import type { TagGroup } from "./tagsApi";

/** The groups, beside the tags; on a phone a strip above them. */
export function GroupList({ groups, chosen, archived, onChoose }: { groups: TagGroup[]; chosen: number | null; archived: boolean; onChoose: (id: number | null) => void }) {
  const t = useT();
  const shade = useTagShade();
  return (
    <nav className="tag-groups" aria-label={t("tags.groups")}>
      <button type="button" className="group" aria-pressed={chosen === null} onClick={() => { onChoose(null); }}>
        <span className="grow">{archived ? t("tags.archived") : t("tags.allTags")}</span>
        {!archived && <span className="small faint tabular">{whole(groups.reduce((sum, each) => sum + each.tags, 0))}</span>}
      </button>
      {groups.map((each) => (
        <button key={each.id} type="button" className="group" aria-pressed={chosen === each.id} title={each.name} onClick={() => { onChoose(each.id); }}>
          <span className="dot" aria-hidden style={{ background: shade(each.colour) }} />
          <span className="grow clip">{each.name}</span>
          <span className="small faint tabular">{whole(each.tags)}</span>
        </button>
      ))}
    </nav>
  );
}
