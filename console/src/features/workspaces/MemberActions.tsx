import { EllipsisOutlined } from "@ant-design/icons";
import { Button, Checkbox, Dropdown, Modal } from "antd";
import { useState } from "react";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { Consequence } from "@/ui/Consequence";

import { MemberDialog } from "./MemberDialog";
import { OneTimePassword } from "./OneTimePassword";
import { useChangeMember, useResetPassword } from "./settingsApi";

/** What can be done about one member. */
export function MemberActions({ member }: { member: components["schemas"]["MemberOut"] }) {
  const t = useT();
  const [doing, setDoing] = useState<"edit" | "stop" | "reset" | null>(null);
  const change = useChangeMember(member.id);
  const { name } = member;
  const close = () => {
    setDoing(null);
    change.reset();
  };
  const items = [
    { key: "edit", label: t("common.edit"), onClick: () => { setDoing("edit"); } },
    { key: "reset", label: t("settings.memberResetPassword"), onClick: () => { setDoing("reset"); } },
    member.is_active
      ? { key: "stop", danger: true, label: t("settings.memberStop"), onClick: () => { setDoing("stop"); } }
      : { key: "resume", label: t("settings.memberResume"), onClick: () => { change.mutate({ is_active: true }); } },
  ];
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items }} placement="bottomRight">
        <Button type="text" size="small" icon={<EllipsisOutlined />} aria-label={`${t("common.actions")}: ${name}`} />
      </Dropdown>
      <MemberDialog open={doing === "edit"} member={member} onClose={close} />
      <ResetPassword open={doing === "reset"} member={member} onClose={close} />
      <Consequence
        open={doing === "stop"}
        title={t("settings.memberStopTitle", { name })}
        act={t("settings.memberStopTitle", { name })}
        harmful
        busy={change.isPending}
        error={change.error}
        onAct={() => { change.mutate({ is_active: false }, { onSuccess: close }); }}
        onClose={close}
      >
        <p>{t("settings.memberStopHint", { name })}</p>
      </Consequence>
    </>
  );
}

function ResetPassword({ open, member, onClose }: { open: boolean; member: components["schemas"]["MemberOut"]; onClose: () => void }) {
  const t = useT();
  const reset = useResetPassword(member.id);
  const [factor, setFactor] = useState(false);
  const close = () => {
    reset.reset();
    onClose();
  };
  if (reset.data) {
    return (
      <Modal open={open} footer={null} onCancel={close} closable={{ "aria-label": t("common.close") }}>
        <OneTimePassword name={member.name} password={reset.data.one_time_password} onClose={close} />
      </Modal>
    );
  }
  return (
    <Consequence open={open} title={`${t("settings.memberResetPassword")} · ${member.name}`} act={t("settings.memberResetPassword")} busy={reset.isPending} error={reset.error} onAct={() => { reset.mutate({ also_second_factor: factor }); }} onClose={close}>
      <p>{t("settings.memberResetHint", { name: member.name })}</p>
      {member.has_second_factor && (
        <Checkbox checked={factor} onChange={(event) => { setFactor(event.target.checked); }}>
          {t("settings.memberResetFactor")}
        </Checkbox>
      )}
    </Consequence>
  );
}
