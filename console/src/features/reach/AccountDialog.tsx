import { Form, Input, InputNumber, Select } from "antd";

import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { Copyable } from "@/ui/Copyable";
import { DialogForm } from "@/ui/DialogForm";

import { useAccount, useKinds, useSaveAccount, type Account, type AccountDetail, type AccountKind } from "./channelsApi";
import { channels } from "./reachWords";

interface Filled {
  adapter: string;
  name: string;
  channel: string;
  rate: number;
  settings?: Record<string, string | undefined>;
}

/** A way out is set up, or changed; what is secret goes in and never comes back. */
export function AccountDialog({ account, onClose }: { account: Account | null; onClose: () => void }) {
  const kinds = useKinds();
  const detail = useAccount(account?.id ?? null);
  if (account === null) return <Answered query={kinds}>{(known) => <Inside kinds={known} detail={null} onClose={onClose} />}</Answered>;
  return <Answered query={kinds}>{(known) => <Answered query={detail}>{(found) => <Inside kinds={known} detail={found} onClose={onClose} />}</Answered>}</Answered>;
}

function Inside({ kinds, detail, onClose }: { kinds: AccountKind[]; detail: AccountDetail | null; onClose: () => void }) {
  const t = useT();
  const save = useSaveAccount(detail?.id ?? null);
  return (
    <DialogForm<Filled>
      title={detail ? detail.name : t("reach.accountNew")}
      initialValues={detail ? { adapter: detail.adapter, name: detail.name, channel: detail.channel, rate: detail.rate, settings: detail.settings } : { adapter: kinds[0]?.name, name: "", channel: "wecom", rate: 50, settings: {} }}
      onFinish={({ settings, ...filled }) => {
        // What is left empty among the secrets stays as it is.
        const said = Object.fromEntries(Object.entries(settings ?? {}).filter((each): each is [string, string] => typeof each[1] === "string" && each[1] !== ""));
        save.mutate({ ...filled, burst: Math.max(filled.rate * 2, 1), settings: said }, { onSuccess: onClose });
      }}
      onClose={onClose}
      busy={save.isPending}
      error={save.error}
    >
      <Form.Item name="adapter" label={t("reach.accountKind")}>
        <Select disabled={detail !== null} options={kinds.map((each) => ({ value: each.name, label: each.label }))} />
      </Form.Item>
      <Form.Item name="name" label={t("common.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item noStyle dependencies={["adapter"]}>
        {({ getFieldValue }) => {
          const chosen: unknown = getFieldValue("adapter");
          const kind = kinds.find((each) => each.name === chosen);
          return kind && <Settings kind={kind} detail={detail} />;
        }}
      </Form.Item>
      <Form.Item name="rate" label={t("reach.rateLabel")}>
        <InputNumber min={1} max={10_000} precision={0} style={{ width: 140 }} />
      </Form.Item>
      {detail?.receipts_url && (
        <Form.Item label={t("reach.receiptsUrl")}>
          <Copyable text={detail.receipts_url} label={t("reach.receiptsUrl")} />
        </Form.Item>
      )}
    </DialogForm>
  );
}

function Settings({ kind, detail }: { kind: AccountKind; detail: AccountDetail | null }) {
  const t = useT();
  return (
    <>
      {kind.channel === "" && (
        <Form.Item name="channel" label={t("reach.countsAs")}>
          <Select disabled={detail !== null} options={channels.map((each) => ({ value: each, label: t(`reach.channel_${each}`) }))} />
        </Form.Item>
      )}
      {kind.settings.map((each) => {
        const kept = detail?.secrets.includes(each.name) ?? false;
        return (
          <Form.Item key={each.name} name={["settings", each.name]} label={each.label} extra={each.hint || undefined} rules={each.required && !kept ? [{ required: true, message: t("common.required") }] : []}>
            {each.choices.length > 0 ? (
              <Select options={each.choices.map((choice) => ({ value: choice.value, label: choice.label }))} />
            ) : each.secret ? (
              <Input.Password autoComplete="new-password" placeholder={kept ? t("reach.secretKept") : ""} visibilityToggle={false} />
            ) : (
              <Input autoComplete="off" />
            )}
          </Form.Item>
        );
      })}
    </>
  );
}
