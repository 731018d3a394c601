import { FolderOpenOutlined } from "@ant-design/icons";
import { Button, Modal, Select } from "antd";
import { useState } from "react";

import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";

import { Empty } from "../Empty";
import { Refused } from "../Refused";
import { RowsMore } from "../RowsMore";
import { SearchBox } from "../SearchBox";
import { BlockSkeleton } from "../Skeleton";
import { useDebounced } from "../useDebounced";
import "./materials.css";
import { countTaken, useFolders, useMaterials, type Material, type MaterialKind } from "./materialsApi";
import { Picture } from "./Picture";

interface TakeMaterialProps {
  /** The kinds that fit where it is to be put. */
  kinds: MaterialKind[];
  onTake: (material: Material) => void;
}

/** A button that opens the library; what is pressed there is taken. */
export function TakeMaterial({ kinds, onTake }: TakeMaterialProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  if (kinds.length === 0) return null;
  return (
    <>
      <Button icon={<FolderOpenOutlined />} onClick={() => { setOpen(true); }}>
        {t("library.take")}
      </Button>
      <Modal open={open} title={t("library.take")} footer={null} width={720} destroyOnHidden onCancel={() => { setOpen(false); }} closable={{ "aria-label": t("common.close") }}>
        <Choice kinds={kinds} onTake={(material) => { countTaken(material.id); onTake(material); setOpen(false); }} />
      </Modal>
    </>
  );
}

function Choice({ kinds, onTake }: TakeMaterialProps) {
  const t = useT();
  const [words, setWords] = useState("");
  const [kind, setKind] = useState<MaterialKind | "">("");
  const [folder, setFolder] = useState<number | null>(null);
  const folders = useFolders();
  const found = useMaterials({ q: useDebounced(words.trim()), group_id: folder, kind: kind ? [kind] : kinds, label: "" });
  const items = itemsOf(found);
  return (
    <div className="stack">
      <div className="filters">
        <SearchBox label={t("library.find")} placeholder={t("library.findHint")} value={words} onSearch={setWords} autoFocus />
        <Select<MaterialKind | ""> aria-label={t("library.kind")} value={kind} style={{ width: 130 }} options={[{ value: "", label: t("library.anyKind") }, ...kinds.map((each) => ({ value: each, label: t(`library.kind_${each}`) }))]} onChange={setKind} />
        <Select<number | null> aria-label={t("library.folder")} placeholder={t("library.folder")} allowClear style={{ width: 150 }} value={folder} options={(folders.data?.items ?? []).map((each) => ({ value: each.id, label: each.name }))} onChange={(chosen) => { setFolder(chosen ?? null); }} />
      </div>
      {found.isPending && <BlockSkeleton lines={5} />}
      <Refused error={found.error} onRetry={() => void found.refetch()} />
      {found.data && items.length === 0 && <Empty title={t("library.nothing")} hint={t("library.nothingHint")} />}
      <ul className="material-choice">
        {items.map((each) => (
          <li key={each.id}>
            <button type="button" className="material-take" onClick={() => { onTake(each); }}>
              <Picture material={each} />
              <span className="stack close grow">
                <span className="strong clip">{each.title}</span>
                <span className="small faint clip">{each.text || each.description || each.url}</span>
              </span>
              <span className="small faint">{each.group_name}</span>
            </button>
          </li>
        ))}
      </ul>
      {items.length > 0 && <RowsMore query={found} shown={items.length} />}
    </div>
  );
}
