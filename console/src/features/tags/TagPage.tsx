import { useState, type ReactNode } from "react";
import { useParams, useSearchParams } from "react-router";
import { Button, Segmented } from "antd";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { AnsweredPage } from "@/ui/AnsweredPage";
import { Facts } from "@/ui/Facts";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { When } from "@/ui/When";

import { BulkDialog } from "./BulkDialog";
import { Holders } from "./Holders";
import { TagActions } from "./TagActions";
import { TagHistory } from "./TagHistory";
import "./tags.css";
import { useTag, type Tag } from "./tagsApi";
import { kindWords, RuleNames } from "./words";

interface TagPageProps {
  /** The rules that keep it stand above tags, and are handed in. */
  rules: (tag: Tag) => ReactNode;
  ruleNames: ReadonlyMap<number, string>;
}

/** One tag: who has it, what keeps it on them, how it came about, what can be done with it. */
export function TagPage({ rules, ruleNames }: TagPageProps) {
  const t = useT();
  const { path } = useMember();
  const { tagId = "" } = useParams();
  const tag = useTag(Number(tagId));
  return (
    <AnsweredPage query={tag} back={{ to: path("tags"), label: t("tags.title") }}>
      {(found) => (
        <RuleNames value={ruleNames}>
          <Inside tag={found} rules={rules} />
        </RuleNames>
      )}
    </AnsweredPage>
  );
}

function Inside({ tag, rules }: { tag: Tag } & Pick<TagPageProps, "rules">) {
  const t = useT();
  const { path, may } = useMember();
  const [search, setSearch] = useSearchParams();
  const [tagging, setTagging] = useState(false);
  const view = search.get("view") === "history" ? "history" : "holders";
  return (
    <Page
      title={tag.name}
      back={{ to: path(`tags?group=${String(tag.group_id)}`), label: tag.group_name }}
      answer={t("tags.holdersAnswer", { n: whole(tag.customers) })}
      actions={
        may("tags.write") && (
          <>
            {!tag.archived_at && (
              <Button type="primary" onClick={() => { setTagging(true); }}>
                {t("tags.bulk")}
              </Button>
            )}
            <TagActions tag={tag} />
          </>
        )
      }
    >
      {tag.archived_at && <Archived tag={tag} />}
      <Panel>
        <Facts
          items={[
            { label: t("tags.group"), value: [tag.group_name, t(kindWords[tag.group_kind]), tag.is_exclusive && t("tags.exclusive")].filter(Boolean).join(" · ") },
            { label: t("tags.days"), value: tag.default_days === null ? t("tags.forever") : t("tags.daysShort", { n: tag.default_days }) },
            { label: t("tags.lastUsed"), value: <When at={tag.last_used_at} /> },
            ...(tag.owner_name ? [{ label: t("tags.owner"), value: tag.owner_name }] : []),
            ...(tag.note ? [{ label: t("tags.note"), value: tag.note }] : []),
          ]}
        />
      </Panel>
      {rules(tag)}
      <div className="filters">
        <Segmented
          aria-label={t("tags.show")}
          value={view}
          options={[{ value: "holders", label: t("tags.holders") }, { value: "history", label: t("tags.history") }]}
          onChange={(value) => { setSearch(value === "history" ? { view: "history" } : {}, { replace: true }); }}
        />
      </div>
      <Panel flush>{view === "history" ? <TagHistory tag={tag} /> : <Holders tag={tag} />}</Panel>
      {tagging && <BulkDialog tag={tag} onClose={() => { setTagging(false); }} />}
    </Page>
  );
}

function Archived({ tag }: { tag: Tag }) {
  const t = useT();
  const into = useTag(tag.merged_into_id ?? tag.id);
  return <Notice>{tag.merged_into_id === null ? t("tags.isArchived") : t("tags.mergedInto", { name: into.data?.name ?? "…" })}</Notice>;
}
