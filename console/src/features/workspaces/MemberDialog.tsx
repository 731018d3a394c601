import { Button, Form, Input, Modal, Select } from "antd";

import type { Role } from "@/api/member";
import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { Refused } from "@/ui/Refused";

import { OneTimePassword } from "./OneTimePassword";
import { ScopeFields } from "./ScopeFields";
import { useChangeMember, useInvite, useRoles } from "./settingsApi";

interface Filled {
  name: string;
  email: string;
  role: Role;
  scope: components["schemas"]["ScopeIn"];
}

/** A member is added, or changed. */
export function MemberDialog({ open, member, onClose }: { open: boolean; member?: components["schemas"]["MemberOut"]; onClose: () => void }) {
  const t = useT();
  return (
    <Modal open={open} title={member ? member.name : t("settings.addMember")} onCancel={onClose} footer={null} destroyOnHidden closable={{ "aria-label": t("common.close") }}>
      <Inside member={member} onClose={onClose} />
    </Modal>
  );
}

function Inside({ member, onClose }: { member: components["schemas"]["MemberOut"] | undefined; onClose: () => void }) {
  const t = useT();
  const roles = useRoles();
  const invite = useInvite();
  const change = useChangeMember(member?.id ?? 0);
  if (invite.data) return <OneTimePassword name={invite.data.member.name} password={invite.data.one_time_password} onClose={onClose} />;
  const submit = ({ name, email, role, scope }: Filled) => {
    if (member) change.mutate({ role, scope }, { onSuccess: onClose });
    else invite.mutate({ name, email, role, scope });
  };
  const busy = invite.isPending || change.isPending;
  const first: Partial<Filled> = member
    ? { role: member.role, scope: { kind: member.scope, department_id: member.scope_department_id, store_id: member.scope_store_id } }
    : { role: "operator", scope: { kind: "all" } };
  const required = [{ required: true, whitespace: true, message: t("common.required") }];
  return (
    <Form<Filled> layout="vertical" initialValues={first} onFinish={submit} disabled={busy}>
      {!member && (
        <>
          <Form.Item name="name" label={t("settings.memberName")} rules={required}>
            <Input maxLength={100} autoFocus />
          </Form.Item>
          <Form.Item name="email" label={t("settings.memberEmail")} rules={required}>
            <Input type="email" maxLength={254} />
          </Form.Item>
        </>
      )}
      <Form.Item name="role" label={t("settings.memberRole")}>
        <Select options={(roles.data?.roles ?? []).map(({ role, label }) => ({ value: role, label }))} />
      </Form.Item>
      <ScopeFields />
      <Refused error={invite.error ?? change.error} />
      <div className="row" style={{ justifyContent: "flex-end", marginTop: 16 }}>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {member ? t("common.save") : t("settings.addMember")}
        </Button>
      </div>
    </Form>
  );
}
