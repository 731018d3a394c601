import { FileOutlined, LinkOutlined, PlayCircleFilled } from "@ant-design/icons";

import { useT } from "@/i18n";

import type { Channel, Preview } from "./messagesApi";
import { textOf, type Part } from "./parts";

interface PhonePreviewProps {
  channel: Channel;
  rendered: Pick<NonNullable<Preview["rendered"]>, "parts" | "subject">;
  brand: string;
}

/** A message as the phone of whoever gets it shows it. */
export function PhonePreview({ channel, rendered, brand }: PhonePreviewProps) {
  const parts = rendered.parts.flatMap((each) => (typeof each["kind"] === "string" ? [{ ...each, kind: each["kind"] }] : []));
  return (
    <div className={`phone ${channel}`}>
      <div className="phone-bar">{brand}</div>
      <div className="phone-screen">
        {channel === "email" && <p className="phone-subject">{rendered.subject}</p>}
        {parts.map((part, place) => (
          <Bubble key={place} part={part} plain={channel === "email"} />
        ))}
      </div>
    </div>
  );
}

function Bubble({ part, plain }: { part: Part; plain: boolean }) {
  const t = useT();
  const said = (name: string) => textOf(part, name);
  switch (part.kind) {
    case "text":
      return <p className={plain ? "phone-text" : "bubble"}>{said("text")}</p>;
    case "template":
      return <p className="bubble">{said("text") || t("messages.templateNoText", { code: said("code") })}</p>;
    case "image":
      return <Picture url={said("url")} />;
    case "link":
      return (
        <div className="bubble card">
          <strong className="card-title">{said("title")}</strong>
          <span className="row top">
            <span className="small faint grow">{said("description") || said("url")}</span>
            <Thumb url={said("image_url")} />
          </span>
        </div>
      );
    case "mini_program":
      return (
        <div className="bubble card">
          <strong className="card-title">{said("title")}</strong>
          <Picture url={said("image_url")} />
          <span className="small faint">{t("messages.miniProgram")}</span>
        </div>
      );
    case "video":
      return (
        <div className="bubble video" title={said("url")}>
          <PlayCircleFilled aria-label={t("messages.video")} />
        </div>
      );
    default:
      return (
        <div className="bubble card row">
          <span className="grow wrap">{said("name") || said("url").split("/").pop()}</span>
          <FileOutlined aria-hidden style={{ fontSize: 24 }} />
        </div>
      );
  }
}

function Picture({ url }: { url: string }) {
  const t = useT();
  return url ? <img className="bubble picture" src={url} alt={t("messages.picture")} referrerPolicy="no-referrer" loading="lazy" /> : <span className="bubble picture none" aria-hidden />;
}

function Thumb({ url }: { url: string }) {
  return url ? <img className="thumb" src={url} alt="" referrerPolicy="no-referrer" loading="lazy" /> : <span className="thumb none" aria-hidden><LinkOutlined /></span>;
}
