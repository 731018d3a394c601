import { PlusOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { listed } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Consequence } from "@/ui/Consequence";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Table, type Column } from "@/ui/Rows";
import { RowsSkeleton } from "@/ui/Skeleton";

import { FieldDialog } from "./FieldDialog";
import { useArchivedFields, useArchiveField, useFields, useRestoreField, type Field } from "./fieldsApi";

type Attribute = components["schemas"]["AttributeOut"];

/** What can be known of a customer: built in, and the brand's own. */
export function FieldsPage() {
  const t = useT();
  const { may } = useMember();
  const fields = useFields();
  const [which, setWhich] = useState<"use" | "archived">("use");
  const [editing, setEditing] = useState<Field | "new" | null>(null);
  const [archiving, setArchiving] = useState<Field | null>(null);
  const mine = may("catalogue.write");
  const own = new Map(fields.data?.own.map((each) => [each.name, each]));
  const answer = fields.data && t("fields.answer", { builtin: fields.data.attributes.length - own.size, custom: own.size });
  const columns: Column<Attribute>[] = [
    {
      key: "label",
      title: t("fields.label"),
      phone: "lead",
      render: (each) => (
        <span className="row">
          <span className="clip">{each.label}</span>
          <code className="faint clip">{each.name}</code>
          {each.is_personal && <span className="chip">{t("fields.personalShort")}</span>}
        </span>
      ),
    },
    { key: "kind", title: t("fields.kind"), width: 110, render: (each) => t(`fields.${each.kind}`) },
    { key: "choices", title: t("fields.options"), width: "30%", phone: "hide", render: (each) => <span className="clip faint" style={{ display: "block" }}>{listed(each.choices.map((choice) => choice.label))}</span> },
    { key: "from", title: t("events.origin"), width: 90, render: (each) => (each.is_custom ? t("fields.custom") : <span className="faint">{t("fields.builtin")}</span>) },
    {
      key: "act",
      title: "",
      width: 150,
      number: true,
      render: (each) => {
        const field = own.get(each.name);
        if (!field || !mine) return null;
        return (
          <span className="row" style={{ justifyContent: "flex-end" }}>
            <Button size="small" aria-label={`${t("common.edit")}: ${each.label}`} onClick={() => { setEditing(field); }}>{t("common.edit")}</Button>
            <Button size="small" aria-label={`${t("fields.archive")}: ${each.label}`} onClick={() => { setArchiving(field); }}>{t("fields.archive")}</Button>
          </span>
        );
      },
    },
  ];
  return (
    <Page
      title={t("settings.fields")}
      answer={answer}
      actions={
        mine ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => { setEditing("new"); }}>
            {t("fields.add")}
          </Button>
        ) : undefined
      }
    >
      <div className="filters">
        <Segmented value={which} aria-label={t("common.status")} options={[{ value: "use", label: t("audiences.inUse") }, { value: "archived", label: t("fields.archived") }]} onChange={setWhich} />
      </div>
      <Panel flush>
        {which === "archived" ? (
          <Archived mine={mine} />
        ) : (
          <Answered query={fields} skeleton={<RowsSkeleton />}>
            {(found) => <Table label={t("settings.fields")} columns={columns} rowKey={(each) => each.name} rows={found.attributes} />}
          </Answered>
        )}
      </Panel>
      {editing && <FieldDialog field={editing === "new" ? null : editing} onClose={() => { setEditing(null); }} />}
      {archiving && <Archive field={archiving} onClose={() => { setArchiving(null); }} />}
    </Page>
  );
}

function Archive({ field, onClose }: { field: Field; onClose: () => void }) {
  const t = useT();
  const archive = useArchiveField();
  const title = t("fields.archiveTitle", { name: field.label });
  return (
    <Consequence open harmful title={title} act={title} busy={archive.isPending} error={archive.error} onAct={() => { archive.mutate(field.name, { onSuccess: onClose }); }} onClose={onClose}>
      <p>{t("fields.archiveHint")}</p>
    </Consequence>
  );
}

function Archived({ mine }: { mine: boolean }) {
  const t = useT();
  const archived = useArchivedFields(true);
  const restore = useRestoreField();
  const columns: Column<Field>[] = [
    { key: "label", title: t("fields.label"), phone: "lead", render: (each) => each.label },
    { key: "kind", title: t("fields.kind"), width: 120, render: (each) => t(`fields.${each.kind}`) },
    { key: "act", title: "", width: 100, number: true, render: (each) => (mine ? <Button size="small" onClick={() => { restore.mutate(each.name); }}>{t("fields.restore")}</Button> : null) },
  ];
  return (
    <Answered query={archived} skeleton={<RowsSkeleton rows={3} />}>
      {(found) => (found.length === 0 ? <Empty title={t("fields.emptyArchived")} /> : <Table label={t("fields.archived")} columns={columns} rowKey={(each) => each.name} rows={found} />)}
    </Answered>
  );
}
