import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";

import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Windows } from "@/ui/Windows";

import { useTagChoices, type CodeRules, type CodeWelcome } from "./acquisitionApi";
import { Field } from "./Field";

/** What follows when somebody came: tags, how she is called, what she is told. */
export function AfterAdding({ rules, onChange }: { rules: CodeRules; onChange: (some: Partial<CodeRules>) => void }) {
  const t = useT();
  const tags = useTagChoices();
  const welcomes = rules.welcomes ?? [];
  const put = (place: number, some: Partial<CodeWelcome>) => { onChange({ welcomes: welcomes.map((each, n) => (n === place ? { ...each, ...some } : each)) }); };
  return (
    <Panel title={t("acquisition.after")}>
      <div className="stack">
        <Field label={t("acquisition.tags")}>
          <Select mode="multiple" aria-label={t("acquisition.tags")} maxCount={20} showSearch={{ optionFilterProp: "label" }} options={(tags.data?.items ?? []).map((each) => ({ value: each.id, label: each.name }))} value={rules.tags ?? []} onChange={(chosen) => { onChange({ tags: chosen }); }} style={{ width: "100%" }} />
        </Field>
        <Field label={t("acquisition.remark")} hint={t("acquisition.remarkHint")}>
          <Input aria-label={t("acquisition.remark")} maxLength={20} showCount placeholder={t("acquisition.remarkExample")} value={rules.remark ?? ""} onChange={(event) => { onChange({ remark: event.target.value }); }} style={{ maxWidth: 320 }} />
        </Field>
        <Field label={t("acquisition.welcomes")} hint={t("acquisition.welcomesHint")}>
          {welcomes.map((each, place) => (
            <section key={place} className="shift" aria-label={t("acquisition.welcomeNumber", { n: place + 1 })}>
              <span className="row top">
                <Input.TextArea aria-label={t("acquisition.welcomeNumber", { n: place + 1 })} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1300} value={each.text ?? ""} onChange={(event) => { put(place, { text: event.target.value }); }} />
                <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("common.remove")} onClick={() => { onChange({ welcomes: welcomes.filter((_, n) => n !== place) }); }} />
              </span>
              <Windows label={t("acquisition.welcomeHours")} windows={each.windows ?? []} onChange={(windows) => { put(place, { windows }); }} />
            </section>
          ))}
          <span>
            <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => { onChange({ welcomes: [...welcomes, { text: "", windows: [] }] }); }}>
              {t("acquisition.addWelcome")}
            </Button>
          </span>
        </Field>
      </div>
    </Panel>
  );
}
