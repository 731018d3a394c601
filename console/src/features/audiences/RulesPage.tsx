import { PlusOutlined, TagsOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { TagChip } from "@/ui/TagChip";

import { AudienceTabs } from "./AudienceTabs";
import { RuleActions } from "./RuleActions";
import { useRules, type Rule } from "./rulesApi";
import { RuleState } from "./RuleState";

/** Tag rules: which tag is kept on whom, and whether it is in step. */
export function RulesPage() {
  const t = useT();
  const { may, path } = useMember();
  const rules = useRules();
  const create =
    may("tags.write") && may("audiences.write") ? (
      <Link to={path("audiences/rules/new")}>
        <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
          {t("audiences.addRule")}
        </Button>
      </Link>
    ) : null;
  return (
    <Page title={t("audiences.rules")} answer={t("audiences.rulesAnswer")} actions={create}>
      <AudienceTabs />
      <Panel flush>
        <Rows
          label={t("audiences.rules")}
          query={rules}
          columns={useColumns()}
          rowKey={(each) => each.id}
          empty={
            <Empty title={t("audiences.rulesEmptyTitle")} hint={t("audiences.rulesEmptyHint")} icon={<TagsOutlined />}>
              {create}
            </Empty>
          }
        />
      </Panel>
    </Page>
  );
}

function useColumns(): Column<Rule>[] {
  const t = useT();
  const { path } = useMember();
  return [
    {
      key: "name",
      title: t("audiences.ruleName"),
      phone: "lead",
      render: (each) => (
        <span className="stack" style={{ gap: 0 }}>
          <Link to={path(`audiences/rules/${String(each.id)}`)} className="clip" title={each.name}>{each.name}</Link>
          <span className="clip small faint" title={each.sentence}>{each.sentence}</span>
        </span>
      ),
    },
    { key: "tag", title: t("audiences.ruleTag"), width: 200, render: (each) => <Link to={path(`tags/${String(each.tag_id)}`)} style={{ color: "inherit" }}><TagChip>{each.tag_name}</TagChip></Link> },
    { key: "count", title: t("audiences.ruleCount"), width: 110, number: true, phone: "labelled", render: (each) => (each.refreshed_at ? whole(each.count) : "—") },
    { key: "state", title: t("audiences.ruleState"), width: 140, render: (each) => <RuleState rule={each} /> },
    { key: "act", title: "", width: 60, number: true, render: (each) => <RuleActions rule={each} /> },
  ];
}
