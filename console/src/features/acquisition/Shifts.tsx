import { DeleteOutlined } from "@ant-design/icons";
import { Button, Checkbox, InputNumber, Select } from "antd";

import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Windows } from "@/ui/Windows";

import { useStaffChoices, type CodeMember, type CodeRules } from "./acquisitionApi";
import { Field } from "./Field";

/** Who receives, when, how much of it; and who stands in. */
export function Shifts({ rules, onChange }: { rules: CodeRules; onChange: (some: Partial<CodeRules>) => void }) {
  const t = useT();
  const staff = useStaffChoices();
  const members = rules.members ?? [];
  const chosen = members.map((each) => each.staff);
  const options = (staff.data?.items ?? []).filter((each) => each.is_active).map((each) => ({ value: each.id, label: each.name }));
  const nameOf = (id: number) => options.find((each) => each.value === id)?.label ?? `#${String(id)}`;
  const choose = (ids: number[]) => { onChange({ members: ids.map((id) => members.find((each) => each.staff === id) ?? { staff: id, windows: [], weight: 1, cap: null }) }); };
  const put = (member: CodeMember) => { onChange({ members: members.map((each) => (each.staff === member.staff ? member : each)) }); };
  return (
    <Panel title={t("acquisition.shifts")} note={t("acquisition.shiftsNote")}>
      <div className="stack">
        <Select mode="multiple" aria-label={t("acquisition.whoReceives")} placeholder={t("acquisition.whoReceives")} showSearch={{ optionFilterProp: "label" }} loading={staff.isPending} options={options} value={chosen} onChange={choose} style={{ width: "100%" }} />
        {members.map((each) => (
          <Shift key={each.staff} name={nameOf(each.staff)} member={each} onChange={put} onRemove={() => { choose(chosen.filter((id) => id !== each.staff)); }} />
        ))}
        <Field label={t("acquisition.backups")} hint={t("acquisition.backupsHint")}>
          <Select mode="multiple" aria-label={t("acquisition.backups")} showSearch={{ optionFilterProp: "label" }} options={options} value={rules.backups ?? []} onChange={(backups) => { onChange({ backups }); }} style={{ width: "100%" }} />
        </Field>
        <Checkbox checked={rules.exclusive ?? false} onChange={(event) => { onChange({ exclusive: event.target.checked }); }}>
          {t("acquisition.exclusive")}
        </Checkbox>
      </div>
    </Panel>
  );
}

function Shift({ name, member, onChange, onRemove }: { name: string; member: CodeMember; onChange: (member: CodeMember) => void; onRemove: () => void }) {
  const t = useT();
  return (
    <section className="shift" aria-label={name}>
      <div className="row apart wrapping">
        <strong className="clip">{name}</strong>
        <span className="row wrapping">
          <InputNumber size="small" aria-label={t("acquisition.weightOf", { name })} prefix={t("acquisition.weight")} min={1} max={100} precision={0} value={member.weight ?? 1} onChange={(weight) => { onChange({ ...member, weight: weight ?? 1 }); }} style={{ width: 110 }} />
          <InputNumber size="small" aria-label={t("acquisition.capOf", { name })} prefix={t("acquisition.cap")} placeholder={t("acquisition.noCap")} min={1} max={10_000} precision={0} value={member.cap ?? null} onChange={(cap) => { onChange({ ...member, cap }); }} style={{ width: 150 }} />
          <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("acquisition.removeStaff", { name })} onClick={onRemove} />
        </span>
      </div>
      <Windows label={t("acquisition.hoursOf", { name })} windows={member.windows ?? []} onChange={(windows) => { onChange({ ...member, windows }); }} />
    </section>
  );
}
