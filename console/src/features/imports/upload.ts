import { ourHeaders } from "@/api/client";
import { Offline, refusalOf } from "@/api/refusal";

export interface Upload {
  finished: Promise<number>;
  cancel: () => void;
}

/** Send a file as it is, of any size, and hear how far it is; return the number of the import. */
export function upload(file: File, onShare: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const finished = new Promise<number>((resolve, reject) => {
    request.open("POST", `/api/v1/imports?name=${encodeURIComponent(file.name)}`);
    for (const [name, value] of Object.entries(ourHeaders("POST"))) request.setRequestHeader(name, value);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onShare(event.loaded / event.total);
    };
    request.onerror = () => { reject(new Offline()); };
    request.onload = () => {
      const body = parsed(request.responseText);
      const id = typeof body === "object" && body !== null ? Reflect.get(body, "id") : undefined;
      if (request.status === 201 && typeof id === "number") resolve(id);
      else reject(refusalOf(request.status, body));
    };
    request.send(file);
  });
  return { finished, cancel: () => { request.abort(); } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
