import { EllipsisOutlined } from "@ant-design/icons";
import { Button, Checkbox, Dropdown } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Consequence } from "@/ui/Consequence";

import { useDeleteRule, useSwitchRule, type Rule } from "./rulesApi";

/** On, off, gone. */
export function RuleActions({ rule }: { rule: Rule }) {
  const t = useT();
  const { may } = useMember();
  const [deleting, setDeleting] = useState(false);
  const [keep, setKeep] = useState(false);
  const change = useSwitchRule(rule);
  const remove = useDeleteRule(rule);
  if (!may("tags.write") || !may("audiences.write")) return null;
  const title = t("audiences.ruleDelete", { name: rule.name });
  const items = [
    { key: "switch", label: rule.is_enabled ? t("audiences.ruleDisable") : t("audiences.ruleEnable"), onClick: () => { change.mutate(!rule.is_enabled); } },
    { key: "delete", danger: true, label: t("common.delete"), onClick: () => { setDeleting(true); } },
  ];
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items }} placement="bottomRight">
        <Button type="text" size="small" icon={<EllipsisOutlined />} loading={change.isPending} aria-label={`${t("common.actions")}: ${rule.name}`} />
      </Dropdown>
      <Consequence open={deleting} harmful title={title} act={title} busy={remove.isPending} error={remove.error} onAct={() => { remove.mutate(keep, { onSuccess: () => { setDeleting(false); } }); }} onClose={() => { setDeleting(false); }}>
        <p>{t("audiences.ruleDeleteHint")}</p>
        <Checkbox checked={keep} onChange={(event) => { setKeep(event.target.checked); }}>
          {t("audiences.ruleKeepTags")}
        </Checkbox>
      </Consequence>
    </>
  );
}
