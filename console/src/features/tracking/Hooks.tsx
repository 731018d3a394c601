import { PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input } from "antd";
import { useState } from "react";

import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { State } from "@/ui/State";

import { HookDrawer } from "./HookDrawer";
import { useAddHook, useHooks, type Hook } from "./hooksApi";

/** Addresses other systems push to. */
export function Hooks() {
  const t = useT();
  const hooks = useHooks();
  const [adding, setAdding] = useState(false);
  const [open, setOpen] = useState<number | null>(null);
  const shown = itemsOf(hooks).find((each) => each.id === open);
  const columns: Column<Hook>[] = [
    { key: "name", title: t("tracking.hookName"), phone: "lead", render: (each) => <button type="button" className="plain-button clip" style={{ color: "var(--accent-text)", maxWidth: "100%" }} onClick={() => { setOpen(each.id); }}>{each.name}</button> },
    { key: "url", title: t("tracking.hookUrl"), width: "50%", render: (each) => <span className="clip mono" style={{ display: "block" }}>{each.url}</span> },
    { key: "state", title: t("common.status"), width: 140, render: (each) => <State mood={each.is_active ? "good" : "still"}>{each.is_active ? t("tracking.active") : t("tracking.stopped")}</State> },
  ];
  const add = (
    <Button icon={<PlusOutlined />} onClick={() => { setAdding(true); }}>
      {t("tracking.addHook")}
    </Button>
  );
  const none = hooks.data?.pages[0]?.items.length === 0;
  return (
    <Panel title={t("tracking.hooks")} note={t("tracking.hooksNote")} flush extra={none ? undefined : add}>
      <Rows
        label={t("tracking.hooks")}
        query={hooks}
        columns={columns}
        rowKey={(each) => each.id}
        empty={
          <Empty title={t("tracking.hooksEmptyTitle")} hint={t("tracking.hooksEmptyHint")}>
            {add}
          </Empty>
        }
      />
      {adding && <AddHook onClose={() => { setAdding(false); }} onMade={(hook) => { setOpen(hook.id); }} />}
      {shown && <HookDrawer hook={shown} onClose={() => { setOpen(null); }} />}
    </Panel>
  );
}

/** What many shops send when an order is paid; every line of it is there to be changed. */
const FIRST = { when: { path: "event", in: ["order.paid"] }, type: "pay", id: "data.order_no", customer: { phone: "data.buyer.mobile" }, amount: { path: "data.total", unit: "yuan" } };

function AddHook({ onClose, onMade }: { onClose: () => void; onMade: (hook: Hook) => void }) {
  const t = useT();
  const add = useAddHook();
  const submit = ({ name }: { name: string }) => {
    add.mutate(
      { name, mapping: FIRST },
      {
        onSuccess: (hook) => {
          onClose();
          onMade(hook);
        },
      },
    );
  };
  return (
    <DialogForm<{ name: string }> title={t("tracking.addHook")} initialValues={{}} onFinish={submit} onClose={onClose} busy={add.isPending} error={add.error}>
      <Form.Item name="name" label={t("tracking.hookName")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input maxLength={100} autoFocus placeholder={t("tracking.hookNameExample")} />
      </Form.Item>
    </DialogForm>
  );
}
