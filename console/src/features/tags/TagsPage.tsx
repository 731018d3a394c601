import { PlusOutlined, SortAscendingOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { SearchBox } from "@/ui/SearchBox";
import { useDebounced } from "@/ui/useDebounced";

import { GroupDialog } from "./GroupDialog";
import { GroupList } from "./GroupList";
import { GroupOrder } from "./GroupOrder";
import "./tags.css";
import { TagList } from "./TagList";
import { useGroups, type TagGroup } from "./tagsApi";
import { useMaking } from "./useMaking";

/** Every tag by its group; which group, the words and the archive stand in the address. */
export function TagsPage() {
  const t = useT();
  const { may } = useMember();
  const [ordering, setOrdering] = useState(false);
  const [search] = useSearchParams();
  const making = useMaking("group");
  const archived = search.get("archived") === "1";
  const groups = useGroups(archived);
  const all = groups.data?.items;
  const answer = all && {
    groups: whole(all.length),
    tags: whole(all.reduce((sum, each) => sum + each.tags, 0)),
    given: whole(all.reduce((sum, each) => sum + each.given, 0)),
  };
  return (
    <Page
      title={t("tags.title")}
      answer={answer && all.length > 0 && !archived ? t("tags.answer", answer) : undefined}
      actions={
        may("tags.write") && (
          <>
            {all && all.length > 1 && !archived && (
              <Button icon={<SortAscendingOutlined />} onClick={() => { setOrdering(true); }}>
                {t("tags.orderGroups")}
              </Button>
            )}
            <Button icon={<PlusOutlined />} onClick={making.begin}>
              {t("tags.newGroup")}
            </Button>
          </>
        )
      }
    >
      <Answered query={groups}>
        {(found) => <Inside groups={found.items} archived={archived} onMake={making.begin} />}
      </Answered>
      {ordering && all && <GroupOrder groups={all} onClose={() => { setOrdering(false); }} />}
      {making.open && <GroupDialog group={null} onClose={making.end} />}
    </Page>
  );
}

function Inside({ groups, archived, onMake }: { groups: TagGroup[]; archived: boolean; onMake: () => void }) {
  const t = useT();
  const { may } = useMember();
  const [search, setSearch] = useSearchParams();
  const words = search.get("q") ?? "";
  const settled = useDebounced(words.trim());
  const chosen = groups.find((each) => String(each.id) === search.get("group")) ?? null;
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    if (name === "archived") next.delete("group");
    setSearch(next, { replace: true });
  };
  if (groups.length === 0 && !archived) {
    return (
      <Empty title={t("tags.emptyTitle")} hint={t("tags.emptyHint")}>
        {may("tags.write") && (
          <Button type="primary" onClick={onMake}>
            {t("tags.newGroup")}
          </Button>
        )}
      </Empty>
    );
  }
  return (
    <>
      <div className="filters">
        <SearchBox label={t("tags.search")} value={words} onSearch={(q) => { set("q", q); }} />
        <Segmented
          aria-label={t("tags.show")}
          value={archived ? "1" : ""}
          options={[{ value: "", label: t("tags.inUse") }, { value: "1", label: t("tags.archived") }]}
          onChange={(value) => { set("archived", value); }}
        />
      </div>
      <div className="tags-split">
        <GroupList groups={groups} chosen={chosen?.id ?? null} archived={archived} onChoose={(id) => { set("group", id === null ? "" : String(id)); }} />
        <TagList group={chosen} groups={groups} words={settled} archived={archived} />
      </div>
    </>
  );
}
