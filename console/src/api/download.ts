import { ourHeaders } from "./client";
import { Offline, refusalOf } from "./refusal";

/** Take a file of the server, asked for with our headers (a plain link carries none), and keep it under a name. */
export async function download(path: string, name: string, onReceived?: (bytes: number) => void): Promise<void> {
  const answer = await fetch(path, { headers: ourHeaders("GET"), credentials: "same-origin" }).catch(() => {
    throw new Offline();
  });
  if (!answer.ok) throw refusalOf(answer.status, await answer.json().catch(() => null));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await received(answer, onReceived));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A file that breaks off is not kept as if it were whole. */
async function received(answer: Response, onReceived: ((bytes: number) => void) | undefined): Promise<Blob> {
  const reader = answer.body?.getReader();
  if (!reader) return answer.blob();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Offline();
    });
    if (done) return new Blob(pieces, { type: answer.headers.get("Content-Type") ?? "application/octet-stream" });
    pieces.push(value);
    size += value.length;
    onReceived?.(size);
  }
}
