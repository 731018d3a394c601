import { useState } from "react";

import { useMember } from "@/api/member";
import { Refusal } from "@/api/refusal";
import { useT } from "@/i18n";
import { bytes, whole } from "@/i18n/format";
import { BrandTime } from "@/ui/BrandTime";
import { Notice } from "@/ui/Notice";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { State } from "@/ui/State";
import { useDebounced } from "@/ui/useDebounced";

import { PhonePreview } from "../PhonePreview";
import { useWelcomePreview, type Slot, type WelcomePreview } from "./welcomeApi";

/** The welcome as somebody hears it who comes at a time that can be chosen. */
export function Heard({ corp, slots, sound }: { corp: number; slots: Slot[]; sound: boolean }) {
  const t = useT();
  const [at, setAt] = useState<string | null>(null);
  const asked = useDebounced({ slots, at }, 400);
  const preview = useWelcomePreview(corp, asked, sound);
  const unsound = preview.error instanceof Refusal && preview.error.code === "reach.message_not_sound";
  return (
    <Panel title={t("mass.preview")} note={t("mass.previewAt")}>
      <div className="stack tight" aria-live="polite" aria-busy={preview.isFetching}>
        <BrandTime label={t("mass.previewNow")} value={at} onChange={setAt} />
        {!sound && <Notice>{t("mass.unsound")}</Notice>}
        <Refused error={preview.error} {...(unsound ? {} : { onRetry: () => void preview.refetch() })} />
        {preview.data && !preview.error && <Shown found={preview.data} />}
      </div>
    </Panel>
  );
}

function Shown({ found }: { found: WelcomePreview }) {
  const t = useT();
  const { workspace } = useMember();
  if (found.slot === null) return <p className="quiet">{t("mass.previewNothing")}</p>;
  const long = found.text_bytes > found.text_most || found.attachments > found.attachments_most;
  return (
    <>
      <PhonePreview channel="wecom" rendered={{ parts: found.parts, subject: "" }} brand={workspace.name} />
      <p className={long ? "small harm" : "small faint"}>
        {t("mass.previewSlot", { n: found.slot + 1 })} · {t("mass.bytes", { n: whole(found.text_bytes), most: whole(found.text_most) })} · {t("mass.attached", { n: found.attachments, most: found.attachments_most })}
      </p>
      {found.files.length > 0 && (
        <ul className="stack tight small">
          {found.files.map((each) => (
            <li key={each.place} className="stack" style={{ gap: 0 }}>
              <span className="wrap">{each.name || `#${String(each.place + 1)}`} {each.size > 0 && <span className="faint tabular">{bytes(each.size)}</span>}</span>
              <State mood={each.trouble ? "bad" : "good"}>{each.trouble || t("mass.fileFine")}</State>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
