import { useState } from "react";

import { uploaded } from "@/ui/materials/FilePick";
import { useKeepFile, type Folder, type MaterialKind } from "@/ui/materials/materialsApi";

interface Going {
  of: number;
  done: number;
  busy: boolean;
  refused: { name: string; error: Error }[];
}

/** Files uploaded one after the other into a folder; one that is refused leaves the others be. */
export function useUploads(into: Folder | undefined) {
  const keep = useKeepFile();
  const [going, setGoing] = useState<Going>({ of: 0, done: 0, busy: false, refused: [] });
  const run = async (files: File[]) => {
    const told: Going = { of: files.length, done: 0, busy: true, refused: [] };
    setGoing(told);
    for (const file of files) {
      try {
        const kind = kindOf(file);
        const made = await uploaded(kind, file);
        await keep.mutateAsync({ group_id: into?.id ?? 0, kind, title: titleOf(made.name), text: "", description: "", url: made.url, picture: "", app_id: "", labels: [] });
        told.done += 1;
      } catch (error) {
        told.refused = [...told.refused, { name: file.name, error: error instanceof Error ? error : new Error(String(error)) }];
      }
      setGoing({ ...told });
    }
    setGoing({ ...told, busy: false });
  };
  return { ...going, start: (files: File[]) => { void run([...files]); } };
}

function kindOf(file: File): MaterialKind {
  if (file.type === "image/png" || file.type === "image/jpeg") return "image";
  return file.type === "video/mp4" ? "video" : "file";
}

/** What a file is called among one's own people: its name without the ending. */
function titleOf(name: string): string {
  return (name.replace(/\.[^.]{1,8}$/, "").trim() || name).slice(0, 60);
}
