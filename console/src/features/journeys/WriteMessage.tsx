import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Form, Input, Segmented } from "antd";

import { client, unwrap } from "@/api/client";
import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";

type MessageIn = components["schemas"]["MessageIn"];

interface WriteMessageProps {
  called: string;
  channel: string;
  onWritten: (message: number) => void;
  onClose: () => void;
}

const purposes = ["marketing", "service"] as const;

/** A message of one text, written where it is needed; pictures and cards are added on its own page. */
export function WriteMessage({ called, channel, onWritten, onClose }: WriteMessageProps) {
  const t = useT();
  const queryClient = useQueryClient();
  const write = useMutation({
    mutationFn: (body: MessageIn) => unwrap(client.POST("/api/v1/messages", { body })),
    onSuccess: (made) => queryClient.invalidateQueries({ queryKey: ["messages"] }).then(() => { onWritten(made.id); }),
  });
  const channels: MessageIn["channel"][] = ["wecom", "group", "moments", "sms", "email", "mini_program", "official_account", "webhook", "paper"];
  const known = channels.find((each) => each === channel) ?? "wecom";
  return (
    <DialogForm<{ name: string; text: string; purpose: "marketing" | "service" }>
      title={t("faces.writeMessage")}
      initialValues={{ name: called, text: "", purpose: "service" }}
      onFinish={({ name, text, purpose }) => { write.mutate({ name: name.trim(), channel: known, purpose, parts: [{ kind: "text", text }] }); }}
      onClose={onClose}
      busy={write.isPending}
      error={write.error}
      act={t("faces.writeAct")}
    >
      <Form.Item name="text" label={t("faces.words")} extra={t("faces.wordsHint")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input.TextArea autoFocus autoSize={{ minRows: 4, maxRows: 12 }} maxLength={4000} />
      </Form.Item>
      <Form.Item name="name" label={t("common.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="purpose" label={t("faces.purpose")}>
        <Segmented options={purposes.map((each) => ({ value: each, label: t(`faces.purpose_${each}`) }))} />
      </Form.Item>
    </DialogForm>
  );
}
