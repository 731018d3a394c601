import { PlusOutlined, StopOutlined } from "@ant-design/icons";
import { Button, Form, Input, Popconfirm, Select } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { PeoplePick } from "@/ui/PeoplePick";
import { Person } from "@/ui/Person";
import { Refused } from "@/ui/Refused";
import { Rows, type Column } from "@/ui/Rows";
import { When } from "@/ui/When";

import { useLift, useSuppress, useSuppressions, type Suppression } from "./policyApi";
import { PolicyTabs } from "./PolicyTabs";
import { channelKey, channels, reasonKey } from "./reachWords";

/** Who is not to be reached, whatever else holds. */
export function SuppressionsPage() {
  const t = useT();
  const { may, path } = useMember();
  const [adding, setAdding] = useState(false);
  const rows = useSuppressions();
  const lift = useLift();
  const columns = useColumns((id) => { lift.mutate(id); });
  const add = may("policy.write") ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => { setAdding(true); }}>
      {t("reach.suppress")}
    </Button>
  ) : null;
  return (
    <Page title={t("reach.suppressions")} answer={t("reach.suppressionsAnswer")} actions={add}>
      <PolicyTabs />
      <Refused error={lift.error} />
      <Panel flush>
        <Rows
          label={t("reach.suppressions")}
          query={rows}
          columns={columns}
          rowKey={(each) => each.id}
          {...(may("customers.read") ? { to: (each: Suppression) => (each.customer_id === null ? path("policy/suppressions") : path(`customers/${String(each.customer_id)}`)) } : {})}
          empty={
            <Empty title={t("reach.suppressionsEmpty")} hint={t("reach.suppressionsEmptyHint")} icon={<StopOutlined />}>
              {add}
            </Empty>
          }
        />
      </Panel>
      {adding && <SuppressDialog onClose={() => { setAdding(false); }} />}
    </Page>
  );
}

function useColumns(onLift: (id: number) => void): Column<Suppression>[] {
  const t = useT();
  const { path, may } = useMember();
  const word = (key: ReturnType<typeof channelKey>, otherwise: string) => (key ? t(key) : otherwise);
  return [
    {
      key: "who",
      title: t("reach.who"),
      phone: "lead",
      render: (each) => (each.customer_id === null ? <span className="quiet">{t("reach.addressOnly")}</span> : <Person id={each.customer_id} name={each.customer_name} note={each.note} to={path(`customers/${String(each.customer_id)}`)} />),
    },
    { key: "channel", title: t("reach.channel"), width: 140, render: (each) => word(channelKey(each.channel), each.channel) },
    { key: "why", title: t("reach.why"), width: 160, render: (each) => word(reasonKey(each.reason), each.reason) },
    { key: "until", title: t("reach.until"), width: 130, phone: "labelled", render: (each) => <When at={each.until} none={t("reach.forGood")} /> },
    { key: "added", title: t("reach.added"), width: 120, phone: "labelled", render: (each) => <When at={each.added_at} /> },
    ...(may("policy.write")
      ? [
          {
            key: "lift",
            title: "",
            width: 90,
            render: (each: Suppression) => (
              <Popconfirm title={t("reach.liftSure")} okText={t("reach.lift")} cancelText={t("common.cancel")} onConfirm={() => { onLift(each.id); }}>
                <Button size="small" type="text">
                  {t("reach.lift")}
                </Button>
              </Popconfirm>
            ),
          },
        ]
      : []),
  ];
}

interface Filled {
  channel: (typeof channels)[number] | "any";
  reason: "opt_out" | "complaint" | "manual" | "other";
  note: string;
}

function SuppressDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const suppress = useSuppress();
  const [people, setPeople] = useState<number[]>([]);
  return (
    <DialogForm<Filled>
      title={t("reach.suppress")}
      initialValues={{ channel: "any", reason: "opt_out", note: "" }}
      onFinish={(filled) => { if (people.length > 0) suppress.mutate({ ...filled, customer_ids: people, until: null }, { onSuccess: onClose }); }}
      onClose={onClose}
      busy={suppress.isPending}
      error={suppress.error}
      act={t("reach.suppressAct", { n: people.length })}
    >
      <Form.Item label={t("reach.who")} required>
        <PeoplePick label={t("reach.who")} placeholder={t("audiences.whyPick")} values={people} onPick={setPeople} />
      </Form.Item>
      <Form.Item name="channel" label={t("reach.channel")}>
        <Select options={[{ value: "any", label: t("reach.channel_any") }, ...channels.map((each) => ({ value: each, label: t(`reach.channel_${each}`) }))]} />
      </Form.Item>
      <Form.Item name="reason" label={t("reach.why")}>
        <Select options={(["opt_out", "complaint", "manual", "other"] as const).map((each) => ({ value: each, label: t(`reach.why_${each}`) }))} />
      </Form.Item>
      <Form.Item name="note" label={t("reach.note")}>
        <Input maxLength={200} />
      </Form.Item>
    </DialogForm>
  );
}
