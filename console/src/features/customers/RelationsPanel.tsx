import { DeleteOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import type { components } from "@/api/schema";
import { useT, type MessageKey } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { When } from "@/ui/When";

import { useGroupChats, useStaffNames, useStatuses, useStores, type Customer } from "./customersApi";
import { useRelate, useUnrelate, type Relation } from "./personApi";

type Kind = components["schemas"]["RelationKind"];
const kinds = ["staff", "store", "group"] as const;
const words: Record<Kind, MessageKey> = { staff: "customers.relationStaff", store: "customers.relationStore", group: "customers.relationGroup", referrer: "customers.relationReferrer" };

/** Who looks after a customer, and where she belongs. */
export function RelationsPanel({ customer }: { customer: Customer }) {
  const t = useT();
  const { may } = useMember();
  const [editing, setEditing] = useState<Relation | "new" | null>(null);
  const unrelate = useUnrelate(customer.id);
  return (
    <Panel
      title={t("customers.relations")}
      extra={
        may("customers.write") && (
          <Button size="small" type="text" aria-label={t("customers.addRelation")} onClick={() => { setEditing("new"); }}>
            {t("common.add")}
          </Button>
        )
      }
    >
      {customer.relations.length === 0 && <p className="faint">{t("customers.noRelations")}</p>}
      <ul className="lines">
        {customer.relations.map((each) => (
          <Line
            key={`${each.kind} ${String(each.target)}`}
            relation={each}
            onEdit={may("customers.write") && each.kind !== "referrer" ? () => { setEditing(each); } : null}
            onEnd={may("customers.write") ? () => { unrelate.mutate(each); } : null}
          />
        ))}
      </ul>
      <Refused error={unrelate.error} />
      {editing && <RelationDialog customerId={customer.id} relation={editing === "new" ? null : editing} onClose={() => { setEditing(null); }} />}
    </Panel>
  );
}

function Line({ relation, onEdit, onEnd }: { relation: Relation; onEdit: (() => void) | null; onEnd: (() => void) | null }) {
  const t = useT();
  const { path } = useMember();
  const name = useTargetName()(relation);
  const statuses = useStatuses();
  const status = statuses.data?.items.find((each) => each.name === relation.status)?.label ?? relation.status;
  return (
    <li>
      <span className="faint" style={{ flex: "0 0 56px" }}>{t(words[relation.kind])}</span>
      <span className="grow stack" style={{ gap: 2 }}>
        <span className="wrap">
          {relation.kind === "referrer" ? <Link to={path(`customers/${String(relation.target)}`)}>{name}</Link> : onEdit ? <button type="button" className="plain-button" onClick={onEdit}>{name}</button> : name}
          {status && <span className="quiet"> · {status}</span>}
        </span>
        {relation.remark && <span className="small quiet wrap">{relation.remark}</span>}
      </span>
      <span className="small faint"><When at={relation.since} /></span>
      {onEnd && <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t("customers.unrelate", { name })} onClick={onEnd} />}
    </li>
  );
}

function useTargetName(): (relation: Relation) => string {
  const staff = useStaffNames();
  const stores = useStores();
  const groups = useGroupChats();
  const lists = { staff: staff.data?.items, store: stores.data?.items, group: groups.data?.items, referrer: undefined };
  return ({ kind, target }) => lists[kind]?.find((each) => each.id === target)?.name ?? `#${String(target)}`;
}

interface Filled {
  kind: Kind;
  target: number;
  status: string | null;
  remark: string;
}

function RelationDialog({ customerId, relation, onClose }: { customerId: number; relation: Relation | null; onClose: () => void }) {
  const t = useT();
  const relate = useRelate(customerId);
  const statuses = useStatuses();
  const staff = useStaffNames();
  const stores = useStores();
  const groups = useGroupChats();
  const [kind, setKind] = useState<Kind>(relation?.kind ?? "staff");
  const targets = { staff: staff.data?.items, store: stores.data?.items, group: groups.data?.items, referrer: [] }[kind] ?? [];
  return (
    <DialogForm<Filled>
      title={relation ? t(words[relation.kind]) : t("customers.addRelation")}
      initialValues={relation ? { ...relation, status: relation.status || null } : { kind: "staff", status: null, remark: "" }}
      onFinish={({ status, remark, ...which }) => { relate.mutate({ ...which, kind, ...(status && kind === "staff" ? { status } : {}), remark }, { onSuccess: onClose }); }}
      onClose={onClose}
      busy={relate.isPending}
      error={relate.error}
    >
      <Form.Item name="kind" label={t("customers.relationKind")} hidden={relation !== null}>
        <Select options={kinds.map((each) => ({ value: each, label: t(words[each]) }))} onChange={setKind} />
      </Form.Item>
      <Form.Item name="target" label={t("customers.relationTarget")} hidden={relation !== null} rules={[{ required: true, message: t("common.required") }]}>
        <Select showSearch={{ optionFilterProp: "label" }} options={targets.map((each) => ({ value: each.id, label: each.name }))} />
      </Form.Item>
      {kind === "staff" && (
        <Form.Item name="status" label={t("customers.relationStatus")}>
          <Select options={(statuses.data?.items ?? []).map((each) => ({ value: each.name, label: each.label }))} />
        </Form.Item>
      )}
      <Form.Item name="remark" label={t("customers.relationRemark")}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
    </DialogForm>
  );
}
