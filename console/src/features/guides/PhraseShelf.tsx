import { PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select, Switch } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { DialogForm } from "@/ui/DialogForm";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { RowsMore } from "@/ui/RowsMore";
import { SearchBox } from "@/ui/SearchBox";
import { BlockSkeleton } from "@/ui/Skeleton";
import { useDebounced } from "@/ui/useDebounced";
import { useFolders, useMaterials } from "@/ui/materials/materialsApi";

import { useDeleteGroup, useMakeGroup, type Phrase, type PhraseGroup } from "./guidesApi";
import { PhraseDialog } from "./PhraseDialog";
import "./sidebar/sidebar.css";

/** All phrases one may use: everybody's and one's own; those one may write are opened with a press. */
export function PhraseShelf() {
  const t = useT();
  const { may } = useMember();
  const [words, setWords] = useState("");
  const [group, setGroup] = useState<number | null>(null);
  const [open, setOpen] = useState<Phrase | "new" | "group" | null>(null);
  const groups = useFolders();
  const all = groups.data?.items ?? [];
  const writable = all.filter((each) => !each.is_shared || may("guides.write"));
  const phrases = useMaterials({ q: useDebounced(words.trim()), group_id: group, kind: [], label: "" });
  const items = itemsOf(phrases);
  const label = (each: PhraseGroup) => (each.is_shared ? each.name : t("guides.ownGroup", { name: each.name }));
  return (
    <Panel
      flush
      title={t("guides.phrases")}
      extra={
        may("customers.write") && (
          <span className="row">
            <Button size="small" onClick={() => { setOpen("group"); }}>{t("guides.newGroup")}</Button>
            {writable.length > 0 && <Button size="small" type="primary" icon={<PlusOutlined />} onClick={() => { setOpen("new"); }}>{t("guides.newPhrase")}</Button>}
          </span>
        )
      }
    >
      <div className="filters" style={{ padding: 12 }}>
        <SearchBox label={t("guides.findPhrase")} value={words} onSearch={setWords} />
        <Select<number | null> aria-label={t("guides.phraseGroup")} placeholder={t("guides.phraseGroup")} allowClear value={group} options={all.map((each) => ({ value: each.id, label: label(each) }))} onChange={(chosen) => { setGroup(chosen ?? null); }} style={{ width: 160 }} />
        {group !== null && writable.some((each) => each.id === group) && <DropGroup id={group} onGone={() => { setGroup(null); }} />}
      </div>
      {phrases.isPending && <BlockSkeleton />}
      <Refused error={phrases.error ?? groups.error} onRetry={() => void phrases.refetch()} />
      {phrases.data && items.length === 0 && <Empty title={t("guides.noPhrases")} hint={t(all.length === 0 ? "guides.noGroupsHint" : "guides.noPhrasesHint")} />}
      <ul className="sidebar-lines">
        {items.map((each) => (
          <Line key={each.id} phrase={each} group={all.find((other) => other.id === each.group_id)} onOpen={writable.some((other) => other.id === each.group_id) && may("customers.write") ? () => { setOpen(each); } : null} />
        ))}
      </ul>
      {items.length > 0 && <RowsMore query={phrases} shown={items.length} />}
      {open === "group" && <GroupDialog onClose={() => { setOpen(null); }} />}
      {open !== null && open !== "group" && <PhraseDialog phrase={open === "new" ? null : open} groups={writable} onClose={() => { setOpen(null); }} />}
    </Panel>
  );
}

function Line({ phrase, group, onOpen }: { phrase: Phrase; group: PhraseGroup | undefined; onOpen: (() => void) | null }) {
  const t = useT();
  return (
    <li>
      <span className="phrase">
        {onOpen ? <button type="button" className="plain-button strong" onClick={onOpen}>{phrase.title}</button> : <span className="strong">{phrase.title}</span>}
        <p>{phrase.text}</p>
      </span>
      <span className="small faint" style={{ textAlign: "end" }}>
        {group?.name}
        <br />
        {t("guides.used", { n: whole(phrase.sent) })}
      </span>
    </li>
  );
}

function DropGroup({ id, onGone }: { id: number; onGone: () => void }) {
  const t = useT();
  const drop = useDeleteGroup();
  const [sure, setSure] = useState(false);
  return (
    <>
      <Button danger type={sure ? "primary" : "text"} loading={drop.isPending} onClick={() => { if (sure) drop.mutate(id, { onSuccess: onGone }); else setSure(true); }}>
        {t(sure ? "guides.dropGroupSure" : "guides.dropGroup")}
      </Button>
      <Refused error={drop.error} />
    </>
  );
}

/** A new group: everybody's, or one's own. */
export function GroupDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { may } = useMember();
  const make = useMakeGroup();
  return (
    <DialogForm<{ name: string; is_shared?: boolean }>
      title={t("guides.newGroup")}
      initialValues={{ name: "", is_shared: may("guides.write") }}
      busy={make.isPending}
      error={make.error}
      onClose={onClose}
      onFinish={({ name, is_shared }) => { make.mutate({ name, is_shared: is_shared ?? false }, { onSuccess: onClose }); }}
    >
      <Form.Item name="name" label={t("common.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input maxLength={60} />
      </Form.Item>
      {may("guides.write") && (
        <Form.Item name="is_shared" label={t("guides.shared")} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
    </DialogForm>
  );
}
