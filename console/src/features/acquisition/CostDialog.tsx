import { DatePicker, Form, Input, InputNumber } from "antd";
import dayjs, { type Dayjs } from "dayjs";

import { useT } from "@/i18n";
import { timeZone } from "@/i18n/format";
import { DialogForm } from "@/ui/DialogForm";

import { useEnterCost } from "./acquisitionApi";

interface Filled {
  spent_on: Dayjs;
  yuan: number;
  note: string;
}

/** What was spent, when, on what. */
export function CostDialog({ channel, code, onClose }: { channel: number; code: number | null; onClose: () => void }) {
  const t = useT();
  const enter = useEnterCost(channel);
  const required = [{ required: true, message: t("common.required") }];
  return (
    <DialogForm<Filled>
      title={t("acquisition.enterCost")}
      initialValues={{ spent_on: dayjs().tz(timeZone()), yuan: null, note: "" }}
      onFinish={({ spent_on, yuan, note }) => { enter.mutate({ spent_on: spent_on.format("YYYY-MM-DD"), amount_fen: Math.round(yuan * 100), note, code_id: code }, { onSuccess: onClose }); }}
      onClose={onClose}
      busy={enter.isPending}
      error={enter.error}
    >
      <Form.Item name="yuan" label={t("acquisition.amount")} extra={t("acquisition.amountHint")} rules={required}>
        <InputNumber autoFocus prefix="¥" precision={2} min={-1e9} max={1e9} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item name="spent_on" label={t("acquisition.spentOn")} rules={required}>
        <DatePicker allowClear={false} />
      </Form.Item>
      <Form.Item name="note" label={t("acquisition.note")}>
        <Input maxLength={200} />
      </Form.Item>
    </DialogForm>
  );
}
