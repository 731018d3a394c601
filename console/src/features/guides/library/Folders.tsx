import { FolderOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";
import { Consequence } from "@/ui/Consequence";
import type { Folder } from "@/ui/materials/materialsApi";

import { useDeleteGroup } from "../guidesApi";

interface FoldersProps {
  folders: Folder[];
  writable: Folder[];
  chosen: number | null;
  onChoose: (id: number | null) => void;
  onNew: (() => void) | null;
}

/** The folders: everybody's, whom somebody looks after, and one's own, nobody else's. */
export function Folders({ folders, writable, chosen, onChoose, onNew }: FoldersProps) {
  const t = useT();
  const drop = useDeleteGroup();
  const [sure, setSure] = useState(false);
  const shared = folders.filter((each) => each.is_shared);
  const own = folders.filter((each) => !each.is_shared);
  const mine = writable.find((each) => each.id === chosen);
  const rows = (some: Folder[]) =>
    some.map((each) => (
      <button key={each.id} type="button" aria-pressed={chosen === each.id} onClick={() => { onChoose(each.id); }}>
        <span className="clip"><FolderOutlined aria-hidden /> {each.name}</span>
      </button>
    ));
  return (
    <nav className="stack" aria-label={t("library.folders")}>
      <div className="folders">
        <button type="button" aria-pressed={chosen === null} onClick={() => { onChoose(null); }}>{t("library.all")}</button>
        {rows(shared)}
      </div>
      {own.length > 0 && (
        <section className="stack tight">
          <h3 className="small faint">{t("library.own")}</h3>
          <div className="folders">{rows(own)}</div>
        </section>
      )}
      <p className="small faint">{t("library.whoWrites")}</p>
      {onNew && (
        <span className="row wrapping">
          <Button size="small" icon={<PlusOutlined />} onClick={onNew}>{t("library.newFolder")}</Button>
          {mine && <Button size="small" type="text" danger onClick={() => { setSure(true); }}>{t("library.dropFolder")}</Button>}
        </span>
      )}
      <Consequence open={sure && mine !== undefined} title={t("library.dropFolderSure", { name: mine?.name ?? "" })} act={t("library.dropFolder")} harmful busy={drop.isPending} error={drop.error} onClose={() => { setSure(false); }} onAct={() => { if (mine) drop.mutate(mine.id, { onSuccess: () => { setSure(false); onChoose(null); } }); }}>
        <p>{t("library.dropFolderWhat")}</p>
      </Consequence>
    </nav>
  );
}
