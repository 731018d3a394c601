import { Button, Drawer, Form, Input, Select, Switch } from "antd";

import { useMember } from "@/api/member";
import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { Facts } from "@/ui/Facts";
import { Refused } from "@/ui/Refused";
import { Table, type Column } from "@/ui/Rows";

import { useAddProperty, useChangeType, useRemoveType, type EventType } from "./eventsApi";

type Property = EventType["properties"][number];

const KINDS = ["text", "number", "money", "bool", "date", "time", "list"] as const;

/** One event type: its words, whether it counts as activity, its properties. */
export function TypeDrawer({ type, onClose }: { type: EventType; onClose: () => void }) {
  const t = useT();
  const { may } = useMember();
  const change = useChangeType(type.name);
  const remove = useRemoveType(type.name);
  const mine = may("catalogue.write");
  const columns: Column<Property>[] = [
    { key: "label", title: t("events.properties"), phone: "lead", render: (each) => each.label },
    { key: "name", title: t("common.name"), render: (each) => <code>{each.name}</code> },
    { key: "kind", title: t("events.kind"), width: 90, render: (each) => t(`events.${each.kind}`) },
  ];
  return (
    <Drawer open onClose={onClose} size={520} title={`${type.label} · ${type.name}`} closable={{ "aria-label": t("common.close") }}>
      <div className="stack" style={{ gap: 20 }}>
        <Facts
          items={[
            { label: t("events.zh"), value: type.zh },
            { label: t("events.en"), value: type.en },
            { label: t("events.activity"), value: <Switch aria-label={t("events.activity")} disabled={!mine} checked={type.is_activity} loading={change.isPending} onChange={(is_activity) => { change.mutate({ is_activity }); }} /> },
            { label: t("events.hidden"), value: <Switch aria-label={t("events.hidden")} disabled={!mine} checked={type.is_hidden} loading={change.isPending} onChange={(is_hidden) => { change.mutate({ is_hidden }); }} /> },
          ]}
        />
        <Refused error={change.error ?? remove.error} />
        {type.properties.length > 0 ? (
          <div className="panel">
            <Table label={t("events.properties")} columns={columns} rowKey={(each) => each.name} rows={type.properties} />
          </div>
        ) : (
          <p className="faint">{t("events.noProperties")}</p>
        )}
        {mine && <AddProperty type={type} />}
        {mine && type.origin !== "declared" && type.events === 0 && (
          <div>
            <Button danger loading={remove.isPending} onClick={() => { remove.mutate(undefined, { onSuccess: onClose }); }}>
              {t("events.remove")}
            </Button>
          </div>
        )}
      </div>
    </Drawer>
  );
}

function AddProperty({ type }: { type: EventType }) {
  const t = useT();
  const [form] = Form.useForm<components["schemas"]["PropertyIn"]>();
  const add = useAddProperty(type.name);
  const kinds = KINDS.map((each) => ({ value: each, label: t(`events.${each}`) }));
  const required = [{ required: true, message: t("common.required") }];
  return (
    <Form form={form} layout="inline" style={{ rowGap: 8 }} initialValues={{ kind: "text", zh: "", en: "" }} onFinish={(body) => { add.mutate(body, { onSuccess: () => { form.resetFields(); } }); }}>
      <Form.Item name="name" rules={required}>
        <Input aria-label={t("common.name")} placeholder={t("common.name")} className="mono" style={{ width: 120 }} />
      </Form.Item>
      <Form.Item name="zh">
        <Input aria-label={t("events.zh")} placeholder={t("events.zh")} style={{ width: 100 }} />
      </Form.Item>
      <Form.Item name="kind">
        <Select aria-label={t("events.kind")} options={kinds} style={{ width: 90 }} />
      </Form.Item>
      <Button htmlType="submit" loading={add.isPending}>
        {t("events.addProperty")}
      </Button>
      <Refused error={add.error} />
    </Form>
  );
}
