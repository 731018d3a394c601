import { DatePicker, Form, InputNumber } from "antd";
import dayjs, { type Dayjs } from "dayjs";

import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { DialogForm } from "@/ui/DialogForm";
import { Notice } from "@/ui/Notice";

import { useChangeLimit, type Limit } from "./limitsApi";

// The platform counts its days in China.
const ZONE = "Asia/Shanghai";

interface Filled {
  value: number;
  since: Dayjs;
}

/** Another number for a limit, from a day on. */
export function LimitDialog({ limit, onClose }: { limit: Limit; onClose: () => void }) {
  const t = useT();
  const change = useChangeLimit();
  return (
    <DialogForm<Filled>
      title={t("limits.changeTitle", { label: limit.label })}
      initialValues={{ value: limit.value ?? limit.default, since: dayjs().tz(ZONE) }}
      busy={change.isPending}
      error={change.error}
      act={t("limits.save")}
      onClose={onClose}
      onFinish={({ value, since }) => { change.mutate({ name: limit.name, value, since: since.format("YYYY-MM-DD") }, { onSuccess: onClose }); }}
    >
      <Notice>{t("limits.warn")}</Notice>
      <Form.Item name="value" label={t("limits.number")} extra={t("limits.range", { least: whole(limit.least), most: whole(limit.most) })} rules={[{ required: true, message: t("common.required") }]} style={{ marginTop: 16 }}>
        <InputNumber precision={0} min={0} style={{ width: 180 }} autoFocus />
      </Form.Item>
      <Form.Item name="since" label={t("limits.from")} rules={[{ required: true, message: t("common.required") }]}>
        <DatePicker allowClear={false} style={{ width: 180 }} />
      </Form.Item>
    </DialogForm>
  );
}
