import { Button, Form, InputNumber, TimePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";

import { useChatRules, useSetChatRules, type ChatRules } from "./qualityApi";

interface Filled {
  minutes: number;
  opens: Dayjs;
  closes: Dayjs;
}

const clock = (time: string) => dayjs(`2026-01-01T${time}`);

/** Within how many minutes a customer is to be answered, and in which hours. */
export function AnswerRules() {
  const t = useT();
  const rules = useChatRules();
  return (
    <Panel title={t("quality.rules")} note={t("quality.rulesNote")}>
      <Answered query={rules}>{(found) => <Inside rules={found} />}</Answered>
    </Panel>
  );
}

function Inside({ rules }: { rules: ChatRules }) {
  const t = useT();
  const { may } = useMember();
  const save = useSetChatRules();
  const send = ({ minutes, opens, closes }: Filled) => {
    save.mutate({ minutes, opens: opens.format("HH:mm"), closes: closes.format("HH:mm") });
  };
  return (
    <Form<Filled> layout="inline" disabled={!may("guides.write")} initialValues={{ minutes: rules.minutes, opens: clock(rules.opens), closes: clock(rules.closes) }} onFinish={send} style={{ rowGap: 12 }}>
      <Form.Item name="minutes" label={t("quality.within")} rules={[{ required: true, message: t("common.required") }]}>
        <InputNumber min={0} max={1440} precision={0} suffix={t("quality.minutesUnit")} style={{ width: 120 }} />
      </Form.Item>
      <Form.Item name="opens" label={t("quality.opens")} rules={[{ required: true, message: t("common.required") }]}>
        <TimePicker format="HH:mm" minuteStep={5} needConfirm={false} style={{ width: 100 }} />
      </Form.Item>
      <Form.Item name="closes" label={t("quality.closes")} rules={[{ required: true, message: t("common.required") }]}>
        <TimePicker format="HH:mm" minuteStep={5} needConfirm={false} style={{ width: 100 }} />
      </Form.Item>
      {may("guides.write") && (
        <Button htmlType="submit" loading={save.isPending}>{t("common.save")}</Button>
      )}
      <Refused error={save.error} />
    </Form>
  );
}
