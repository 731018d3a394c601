import { Checkbox, Input, InputNumber, Select } from "antd";

import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";

import type { CodeRules } from "./acquisitionApi";
import { Field } from "./Field";

/** Which groups a code fills, one after the other. */
export function GroupsBehind({ rules, onChange }: { rules: CodeRules; onChange: (some: Partial<CodeRules>) => void }) {
  const t = useT();
  const groups = rules.groups ?? [];
  const cap = groups[0]?.cap ?? 200;
  return (
    <Panel title={t("acquisition.groups")} note={t("acquisition.groupsNote")}>
      <div className="stack">
        <Field label={t("acquisition.chatIds")} hint={t("acquisition.chatIdsHint")}>
          <Select mode="tags" aria-label={t("acquisition.chatIds")} open={false} suffixIcon={null} tokenSeparators={[",", " ", "\n", "，"]} value={groups.map((each) => each.chat)} onChange={(chats: string[]) => { onChange({ groups: chats.map((chat) => ({ chat, cap })) }); }} style={{ width: "100%" }} />
        </Field>
        <Field label={t("acquisition.groupCap")}>
          <InputNumber aria-label={t("acquisition.groupCap")} min={1} max={500} precision={0} value={cap} onChange={(most) => { onChange({ groups: groups.map((each) => ({ ...each, cap: most ?? 200 })) }); }} />
        </Field>
        <Checkbox checked={rules.founds_groups ?? true} onChange={(event) => { onChange({ founds_groups: event.target.checked }); }}>
          {t("acquisition.founds")}
        </Checkbox>
        {(rules.founds_groups ?? true) && (
          <Field label={t("acquisition.groupName")} hint={t("acquisition.groupNameHint")}>
            <span className="row">
              <Input aria-label={t("acquisition.groupName")} maxLength={40} value={rules.group_name ?? ""} onChange={(event) => { onChange({ group_name: event.target.value }); }} style={{ maxWidth: 260 }} />
              <InputNumber aria-label={t("acquisition.groupNumber")} min={1} max={10_000} precision={0} value={rules.group_number ?? 1} onChange={(number) => { onChange({ group_number: number ?? 1 }); }} style={{ width: 90 }} />
            </span>
          </Field>
        )}
      </div>
    </Panel>
  );
}
