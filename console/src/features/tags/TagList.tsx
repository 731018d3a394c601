import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { large } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { TagChip } from "@/ui/TagChip";
import { useTagShade } from "@/ui/tagColours";
import { When } from "@/ui/When";

import { GroupActions } from "./GroupActions";
import { TagDialog } from "./TagDialog";
import { useTags, type Tag, type TagGroup } from "./tagsApi";
import { useMaking } from "./useMaking";
import { kindWords } from "./words";

interface TagListProps {
  group: TagGroup | null;
  groups: TagGroup[];
  words: string;
  archived: boolean;
}

/** The tags of one group, or of all. */
export function TagList({ group, groups, words, archived }: TagListProps) {
  const t = useT();
  const { may, path } = useMember();
  const making = useMaking("tag");
  const tags = useTags({ group_id: group?.id ?? null, search: words, archived });
  const makes = may("tags.write") && !archived && groups.length > 0;
  const make = (
    <Button type="primary" icon={<PlusOutlined />} onClick={making.begin}>
      {t("tags.newTag")}
    </Button>
  );
  return (
    <Panel
      flush
      title={group?.name ?? (archived ? t("tags.archived") : t("tags.allTags"))}
      note={group && [t(kindWords[group.kind]), group.is_exclusive && t("tags.exclusive"), group.owner_name && t("tags.ownedBy", { name: group.owner_name }), group.note].filter(Boolean).join(" · ")}
      extra={
        <div className="row">
          {group && may("tags.write") && <GroupActions group={group} />}
          {makes && make}
        </div>
      }
    >
      <Rows
        label={group?.name ?? t("tags.allTags")}
        query={tags}
        columns={useColumns(group === null)}
        rowKey={(each) => each.id}
        to={(each) => path(`tags/${String(each.id)}`)}
        empty={<Nothing words={words} archived={archived} make={makes ? make : null} />}
      />
      {making.open && makes && <TagDialog tag={null} groups={groups} groupId={group?.id ?? null} onClose={making.end} />}
    </Panel>
  );
}

function Nothing({ words, archived, make }: { words: string; archived: boolean; make: React.ReactNode }) {
  const t = useT();
  if (words) return <Empty title={t("tags.nothing")} hint={t("tags.nothingHint")} />;
  if (archived) return <Empty title={t("tags.noneArchived")} />;
  return (
    <Empty title={t("tags.groupEmpty")} hint={t("tags.groupEmptyHint")}>
      {make}
    </Empty>
  );
}

function useColumns(withGroup: boolean): Column<Tag>[] {
  const t = useT();
  const { path } = useMember();
  const shade = useTagShade();
  return [
    {
      key: "name",
      title: t("tags.title"),
      phone: "lead",
      render: (each) => (
        <span className="stack" style={{ gap: 2 }}>
          <Link to={path(`tags/${String(each.id)}`)} style={{ color: "inherit" }}>
            <TagChip colour={shade(each.colour)} title={each.name}>{each.name}</TagChip>
          </Link>
          {each.note && <span className="small faint clip">{each.note}</span>}
        </span>
      ),
    },
    ...(withGroup ? [{ key: "group", title: t("tags.group"), width: "20%", render: (each: Tag) => <span className="quiet clip" style={{ display: "block" }} title={each.group_name}>{each.group_name}</span> }] : []),
    { key: "customers", title: t("tags.customers"), width: 100, number: true, phone: "labelled", render: (each) => <Link to={path(`tags/${String(each.id)}`)}>{large(each.customers)}</Link> },
    { key: "used", title: t("tags.lastUsed"), width: 132, phone: "labelled", render: (each) => <When at={each.last_used_at} /> },
    { key: "days", title: t("tags.days"), width: 100, phone: "hide", render: (each) => (each.default_days === null ? <span className="faint">{t("tags.forever")}</span> : t("tags.daysShort", { n: each.default_days })) },
    { key: "owner", title: t("tags.owner"), width: 100, phone: "hide", render: (each) => each.owner_name ?? <span className="faint">—</span> },
  ];
}
