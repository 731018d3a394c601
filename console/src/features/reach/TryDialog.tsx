import { Form, Input } from "antd";

import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";
import { State, type Mood } from "@/ui/State";

import { useTryAccount, type Account } from "./channelsApi";

const moods: Record<string, Mood> = { sent: "good", failed: "bad", unknown: "bad", later: "busy", awaiting_staff: "busy" };

/** One message to an address of one's own, and what the channel said. */
export function TryDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useT();
  const attempt = useTryAccount(account.id);
  const said = attempt.data;
  return (
    <DialogForm<{ address: string; text: string }> title={t("reach.tryTitle", { name: account.name })} initialValues={{ address: "", text: t("reach.tryText") }} onFinish={(filled) => { attempt.mutate(filled); }} onClose={onClose} busy={attempt.isPending} error={attempt.error} act={t("reach.tryAct")}>
      <Form.Item name="address" label={t("reach.tryAddress")}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="text" label={t("reach.tryWhat")}>
        <Input.TextArea autoSize maxLength={500} />
      </Form.Item>
      {said && (
        <p role="status">
          <State mood={moods[said.answer] ?? "still"}>{t(`reach.answer_${said.answer}`)}</State> <span className="faint wrap">{said.detail || said.reason}</span>
        </p>
      )}
    </DialogForm>
  );
}
