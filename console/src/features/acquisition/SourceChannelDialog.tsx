import { Button, Form, Input } from "antd";

import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";
import { Refused } from "@/ui/Refused";

import { useArchiveChannel, useSaveChannel, type SourceChannel } from "./acquisitionApi";

/** A channel is made, renamed, or put away. */
export function SourceChannelDialog({ channel, onClose }: { channel: SourceChannel | null; onClose: () => void }) {
  const t = useT();
  const save = useSaveChannel(channel?.id ?? null);
  const archive = useArchiveChannel(channel?.id ?? 0);
  return (
    <DialogForm<{ name: string }>
      title={t(channel ? "acquisition.editChannel" : "acquisition.newChannel")}
      initialValues={{ name: channel?.name ?? "" }}
      onFinish={(filled) => { save.mutate(filled, { onSuccess: onClose }); }}
      onClose={onClose}
      busy={save.isPending}
      error={save.error}
      extra={
        channel && (
          <Button danger type="text" loading={archive.isPending} onClick={() => { archive.mutate(undefined, { onSuccess: onClose }); }}>
            {t("acquisition.archiveChannel")}
          </Button>
        )
      }
    >
      <Form.Item name="name" label={t("common.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input autoFocus maxLength={60} placeholder={t("acquisition.channelExample")} />
      </Form.Item>
      <Refused error={archive.error} />
    </DialogForm>
  );
}
