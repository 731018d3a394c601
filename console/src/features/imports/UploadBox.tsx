import { CloudUploadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { percent } from "@/i18n/format";
import { Refused } from "@/ui/Refused";

import { upload, type Upload } from "./upload";

/** Where a file is dropped or chosen; it goes up as it is, and the check of its columns opens. */
export function UploadBox() {
  const t = useT();
  const { path } = useMember();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [going, setGoing] = useState<{ name: string; share: number; it: Upload } | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const send = (file: File | undefined) => {
    if (!file) return;
    setError(null);
    const it = upload(file, (share) => { setGoing((now) => now && { ...now, share }); });
    setGoing({ name: file.name, share: 0, it });
    it.finished
      // Whoever went on to something else meanwhile is left where they are; the file waits among the imports.
      .then((id) => here.current && navigate(path(`imports/${String(id)}`)))
      .catch((reason: unknown) => { setError(reason instanceof Error ? reason : new Error(String(reason))); })
      .finally(() => { setGoing(null); });
  };
  if (going) {
    return (
      <div className="upload" role="status">
        <p className="tabular">{t("imports.uploading", { name: going.name, share: percent(going.share) })}</p>
        <div className="progress" style={{ width: "min(360px, 100%)" }}>
          <span style={{ width: percent(going.share, 1) }} />
        </div>
        <Button size="small" onClick={() => { going.it.cancel(); setGoing(null); }}>
          {t("imports.cancelUpload")}
        </Button>
      </div>
    );
  }
  return (
    <div className="stack tight">
      <button
        type="button"
        className={over ? "upload over" : "upload"}
        onClick={() => field.current?.click()}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }}
        onDragLeave={() => { setOver(false); }}
        onDrop={(event) => { event.preventDefault(); setOver(false); send(event.dataTransfer.files[0]); }}
      >
        <CloudUploadOutlined aria-hidden />
        <span className="strong">{t("imports.drop")}</span>
        <span className="small faint">{t("imports.dropHint")}</span>
      </button>
      <input
        ref={field}
        type="file"
        hidden
        aria-label={t("imports.drop")}
        onChange={(event) => {
          send(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <Refused error={error} />
    </div>
  );
}
