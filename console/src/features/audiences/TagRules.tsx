import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";

import "./builder.css";
import { RuleActions } from "./RuleActions";
import { useRules, type Rule } from "./rulesApi";
import { RuleState } from "./RuleState";

/** The rules that keep one tag, on the tag's own page. */
export function TagRules({ tagId, isArchived }: { tagId: number; isArchived: boolean }) {
  const t = useT();
  const { may, path } = useMember();
  const rules = useRules(tagId);
  const found = itemsOf(rules);
  const makes = may("tags.write") && may("audiences.write") && !isArchived;
  return (
    <Panel
      title={t("audiences.rulesOfTag")}
      note={t("audiences.rulesOfTagHint")}
      extra={
        makes && (
          <Link to={path(`audiences/rules/new?tag=${String(tagId)}`)}>
            <Button size="small" icon={<PlusOutlined />} tabIndex={-1}>
              {t("audiences.addRule")}
            </Button>
          </Link>
        )
      }
    >
      <Refused error={rules.error} onRetry={() => void rules.refetch()} />
      {rules.isPending && <BlockSkeleton lines={2} />}
      {rules.data && found.length === 0 && <p className="faint">{t("audiences.rulesOfTagNone")}</p>}
      <ul className="tag-rules">
        {found.map((each) => (
          <RuleLine key={each.id} rule={each} />
        ))}
      </ul>
    </Panel>
  );
}

function RuleLine({ rule }: { rule: Rule }) {
  const t = useT();
  const { may, path } = useMember();
  return (
    <li>
      <span className="stack grow" style={{ gap: 2 }}>
        {may("tags.write") && may("audiences.write") ? <Link to={path(`audiences/rules/${String(rule.id)}?tag=${String(rule.tag_id)}`)}>{rule.name}</Link> : <span>{rule.name}</span>}
        <span className="quiet wrap">{rule.sentence}</span>
      </span>
      <span className="row">
        {rule.refreshed_at && <span className="tabular faint">{t("common.people", { n: whole(rule.count) })}</span>}
        <RuleState rule={rule} />
        <RuleActions rule={rule} />
      </span>
    </li>
  );
}
