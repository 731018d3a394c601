import { UploadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Input, Upload } from "antd";

import { ourHeaders } from "@/api/client";
import { refusalOf } from "@/api/refusal";
import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { Refused } from "../Refused";

const TAKEN: Record<string, string> = { image: "image/png,image/jpeg", video: "video/mp4" };

function nameIn(url: string): string {
  return decodeURIComponent(url.split("/").at(-1) ?? "");
}

function isMaterial(said: unknown): said is components["schemas"]["MaterialOut"] {
  return typeof said === "object" && said !== null && "url" in said;
}

/** Hand a file over, to be kept at an address of ours. */
export async function uploaded(kind: string, file: File) {
  const body = new FormData();
  body.append("kind", kind);
  body.append("file", file);
  const response = await fetch("/api/v1/materials", { method: "POST", credentials: "same-origin", headers: ourHeaders("POST"), body });
  const said: unknown = await response.json().catch(() => null);
  if (!response.ok || !isMaterial(said)) throw refusalOf(response.status, said);
  return said;
}

/** A file that is uploaded, as a field of a form: its value is the address it is kept at; `typed`, or another address. */
export function FilePick({ kind, value, typed = false, onChange }: { kind: string; value?: string; typed?: boolean; onChange?: (url: string, name: string) => void }) {
  const t = useT();
  const upload = useMutation({
    mutationFn: (file: File) => uploaded(kind, file),
    onSuccess: (made) => { onChange?.(made.url, made.name); },
  });
  return (
    <div className="stack close">
      <div className="row">
        <Upload accept={TAKEN[kind] ?? "*"} showUploadList={false} beforeUpload={(file) => { upload.mutate(file); return false; }}>
          <Button icon={<UploadOutlined />} loading={upload.isPending}>{t("library.chooseFile")}</Button>
        </Upload>
        {typed && <Input aria-label={t("library.address")} value={value ?? ""} maxLength={1000} placeholder="https://" className="grow" onChange={(event) => { onChange?.(event.target.value, ""); }} />}
        {!typed && value?.startsWith("http") && <a href={value} target="_blank" rel="noreferrer" className="wrap">{nameIn(value)}</a>}
      </div>
      <Refused error={upload.error} />
    </div>
  );
}
