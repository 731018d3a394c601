import { PlusOutlined, UploadOutlined } from "@ant-design/icons";
import { Button, Segmented, Select, Upload } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { Empty } from "@/ui/Empty";
import { kinds, useFolders, useLabels, useMaterials, type Folder, type Material, type MaterialKind } from "@/ui/materials/materialsApi";
import "@/ui/materials/materials.css";
import { Page } from "@/ui/Page";
import { Refused } from "@/ui/Refused";
import { RowsMore } from "@/ui/RowsMore";
import { SearchBox } from "@/ui/SearchBox";
import { BlockSkeleton } from "@/ui/Skeleton";
import { useDebounced } from "@/ui/useDebounced";
import { useNarrow } from "@/ui/useNarrow";

import { PhraseDialog } from "../PhraseDialog";
import { GroupDialog } from "../PhraseShelf";
import { Card } from "./Card";
import { Folders } from "./Folders";
import { useUploads } from "./useUploads";

/** Everything that is said and shown again and again: for messages, and in the guides' sidebar. */
export function LibraryPage() {
  const t = useT();
  const { may } = useMember();
  const narrow = useNarrow();
  const [search, setSearch] = useSearchParams();
  const [open, setOpen] = useState<Material | "new" | "folder" | null>(null);
  const words = search.get("q") ?? "";
  const folder = Number(search.get("folder")) || null;
  const kind = kinds.find((each) => each === search.get("kind")) ?? null;
  const label = search.get("label") ?? "";
  const set = (name: string, value: string) => {
    setSearch((before) => {
      if (value) before.set(name, value);
      else before.delete(name);
      return before;
    }, { replace: true });
  };
  const choices = [{ value: "" as const, label: t("library.anyKind") }, ...kinds.map((each) => ({ value: each, label: t(`library.kind_${each}`) }))];
  const folders = useFolders();
  const labels = useLabels();
  const found = useMaterials({ q: useDebounced(words.trim()), group_id: folder, kind: kind ? [kind] : [], label });
  const items = itemsOf(found);
  const all = folders.data?.items ?? [];
  const writable = may("customers.write") ? all.filter((each) => !each.is_shared || may("guides.write")) : [];
  const into = writable.find((each) => each.id === folder) ?? writable[0];
  return (
    <Page title={t("library.title")} answer={t("library.answer")} actions={<Acts into={into} onOpen={setOpen} />}>
      <div className="library">
        <Folders folders={all} writable={writable} chosen={folder} onChoose={(id) => { set("folder", id === null ? "" : String(id)); }} onNew={may("customers.write") ? () => { setOpen("folder"); } : null} />
        <div className="stack" style={{ minWidth: 0 }}>
          <div className="filters">
            <SearchBox label={t("library.find")} placeholder={t("library.findHint")} value={words} onSearch={(q) => { set("q", q); }} />
            {narrow ? (
              <Select<MaterialKind | ""> aria-label={t("library.kind")} value={kind ?? ""} options={choices} onChange={(chosen) => { set("kind", chosen); }} style={{ width: 130 }} />
            ) : (
              <Segmented<MaterialKind | ""> aria-label={t("library.kind")} value={kind ?? ""} options={choices} onChange={(chosen) => { set("kind", chosen); }} />
            )}
          </div>
          {(labels.data ?? []).length > 0 && (
            <div className="row wrapping" role="group" aria-label={t("library.labels")}>
              {(labels.data ?? []).slice(0, 20).map((each) => (
                <Button key={each.label} size="small" type={label === each.label ? "primary" : "default"} aria-pressed={label === each.label} onClick={() => { set("label", label === each.label ? "" : each.label); }}>
                  {each.label} {each.count}
                </Button>
              ))}
            </div>
          )}
          <Refused error={found.error ?? folders.error} onRetry={() => void found.refetch()} />
          {found.isPending && <BlockSkeleton lines={6} />}
          {found.data && items.length === 0 && <Empty title={t(words || kind || label ? "library.nothing" : "library.empty")} hint={t(all.length === 0 ? "library.noFolders" : "library.emptyHint")} />}
          <ul className="materials">
            {items.map((each) => (
              <Card key={each.id} material={each} onOpen={each.may_write ? () => { setOpen(each); } : null} />
            ))}
          </ul>
          {items.length > 0 && <RowsMore query={found} shown={items.length} />}
        </div>
      </div>
      {open === "folder" && <GroupDialog onClose={() => { setOpen(null); }} />}
      {open !== null && open !== "folder" && <PhraseDialog phrase={open === "new" ? null : open} groups={writable} into={into?.id} onClose={() => { setOpen(null); }} />}
    </Page>
  );
}

/** Writing one thing, or uploading many files at once into the folder that is open. */
function Acts({ into, onOpen }: { into: Folder | undefined; onOpen: (what: "new") => void }) {
  const t = useT();
  const { may } = useMember();
  const uploads = useUploads(into);
  if (!into) return null;
  return (
    <span className="stack tight">
      <span className="row wrapping">
        {may("reach.write") && (
          <Upload multiple showUploadList={false} beforeUpload={(file, all) => { if (file === all[0]) uploads.start(all); return false; }}>
            <Button icon={<UploadOutlined />} loading={uploads.busy}>{t("library.upload")}</Button>
          </Upload>
        )}
        <Button type="primary" icon={<PlusOutlined />} onClick={() => { onOpen("new"); }}>{t("library.create")}</Button>
      </span>
      <span className="small faint" role="status">
        {uploads.busy ? t("library.uploading", { n: uploads.done, of: uploads.of }) : uploads.of > 0 && uploads.refused.length === 0 ? t("library.uploaded", { n: uploads.done, folder: into.name }) : ""}
      </span>
      {uploads.refused.map((each) => (
        <Refused key={each.name} error={each.error} />
      ))}
    </span>
  );
}
