import { Form, Input, InputNumber, Select } from "antd";

import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { DialogForm } from "@/ui/DialogForm";

import { useBases, useSaveCorp, type Corp } from "./wecomApi";

interface Filled {
  name: string;
  corp_id: string;
  agent_id: number;
  secret?: string;
  callback_token?: string;
  callback_key?: string;
  base: string;
  archive_base?: string;
  archive_secret?: string;
  archive_days?: number;
}

/** A corp is connected, or its connection changed; what is secret goes in and never comes back. */
export function CorpDialog({ corp, onClose }: { corp: Corp | null; onClose: () => void }) {
  const bases = useBases();
  return <Answered query={bases}>{(found) => <Inside corp={corp} bases={found.bases} archives={found.archives} onClose={onClose} />}</Answered>;
}

function Inside({ corp, bases, archives, onClose }: { corp: Corp | null; bases: string[]; archives: string[]; onClose: () => void }) {
  const t = useT();
  const save = useSaveCorp(corp?.id ?? null);
  const needed = { required: true, message: t("common.required") };
  return (
    <DialogForm<Filled>
      title={t(corp ? "wecom.edit" : "wecom.connect")}
      initialValues={corp ? { name: corp.name, corp_id: corp.corp_id, agent_id: corp.agent_id, base: corp.base, archive_base: corp.archive_base, archive_days: corp.archive_days } : { base: bases[0] }}
      onFinish={(filled) => {
        const { secret = "", callback_token = "", callback_key = "", ...rest } = filled;
        save.mutate({ ...rest, secret, callback_token, callback_key }, { onSuccess: onClose });
      }}
      onClose={onClose}
      busy={save.isPending}
      error={save.error}
    >
      <Form.Item name="name" label={t("wecom.name")} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={100} placeholder={t("wecom.namePlaceholder")} />
      </Form.Item>
      <Form.Item name="corp_id" label={t("wecom.corpId")} extra={t("wecom.corpIdHint")} rules={[needed]}>
        <Input disabled={corp !== null} autoComplete="off" />
      </Form.Item>
      <Form.Item name="agent_id" label={t("wecom.agentId")} extra={t("wecom.agentIdHint")} rules={[needed]}>
        <InputNumber min={1} precision={0} controls={false} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item name="secret" label={t("wecom.secret")} extra={t("wecom.secretHint")} rules={corp ? [] : [needed]}>
        <Input.Password autoComplete="new-password" visibilityToggle={false} placeholder={corp ? t("wecom.secretKept") : ""} />
      </Form.Item>
      <Form.Item name="callback_token" label={t("wecom.token")} extra={t("wecom.callbackHint")}>
        <Input.Password autoComplete="new-password" visibilityToggle={false} placeholder={corp?.has_callback_secrets ? t("wecom.secretKept") : ""} />
      </Form.Item>
      <Form.Item name="callback_key" label={t("wecom.aesKey")}>
        <Input.Password autoComplete="new-password" visibilityToggle={false} placeholder={corp?.has_callback_secrets ? t("wecom.secretKept") : ""} />
      </Form.Item>
      <Form.Item name="base" label={t("wecom.base")} hidden={bases.length < 2}>
        <Select options={bases.map((each, n) => ({ value: each, label: n === 0 ? t("wecom.real") : each }))} />
      </Form.Item>
      {corp && <Archive corp={corp} archives={archives} />}
    </DialogForm>
  );
}

/** Where its archived chats are read, once the operator of the installation has named a place. */
function Archive({ corp, archives }: { corp: Corp; archives: string[] }) {
  const t = useT();
  const hidden = archives.length === 0 && !corp.archive_base;
  const choices = [...new Set([...archives, corp.archive_base].filter(Boolean))];
  return (
    <>
      <Form.Item name="archive_base" label={t("wecom.archive")} extra={t(hidden ? "wecom.archiveNone" : "wecom.archiveHint")}>
        <Select disabled={hidden} options={[{ value: "", label: t("wecom.archiveOff") }, ...choices.map((each) => ({ value: each, label: each }))]} />
      </Form.Item>
      <Form.Item name="archive_secret" label={t("wecom.archiveSecret")} hidden={hidden}>
        <Input.Password autoComplete="new-password" visibilityToggle={false} placeholder={corp.has_archive_secret ? t("wecom.secretKept") : ""} />
      </Form.Item>
      <Form.Item name="archive_days" label={t("wecom.archiveDays")} hidden={hidden}>
        <InputNumber min={1} max={3650} precision={0} style={{ width: 120 }} />
      </Form.Item>
    </>
  );
}
