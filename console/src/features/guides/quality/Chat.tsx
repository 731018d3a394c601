import { Button, Drawer, Input } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { Refused } from "@/ui/Refused";
import { When } from "@/ui/When";

import { useChat, useSettleHit, type ChatLine, type Hit } from "./qualityApi";

/** The chat around a message, which leaves a trace of who read it; a finding is settled here. */
export function Chat({ message, hit, onClose }: { message: number; hit: Hit | null; onClose: () => void }) {
  const t = useT();
  const chat = useChat(message);
  return (
    <Drawer open title={t("quality.chat")} onClose={onClose} size={460} closable={{ "aria-label": t("common.close") }}>
      <div className="stack">
        <p className="quiet">{t("quality.traced")}</p>
        <Answered query={chat}>
          {(found) => (
            <ul className="stack tight">
              {found.items.map((each, place) => (
                <Line key={place} line={each} />
              ))}
            </ul>
          )}
        </Answered>
        {hit && <Settle hit={hit} onDone={onClose} />}
      </div>
    </Drawer>
  );
}

function Line({ line }: { line: ChatLine }) {
  const t = useT();
  const words = line.text || t("quality.notText");
  return (
    <li className="stack close">
      <span className="small faint">
        {line.who || t(line.by_staff ? "quality.staff" : "quality.customer")} · <When at={line.at} />
        {line.is_recalled && ` · ${t("quality.recalled")}`}
      </span>
      <span className="wrap">{line.is_it ? <strong>{words}</strong> : words}</span>
    </li>
  );
}

function Settle({ hit, onDone }: { hit: Hit; onDone: () => void }) {
  const t = useT();
  const settle = useSettleHit(hit.id);
  const [note, setNote] = useState(hit.note);
  return (
    <section className="stack tight">
      {hit.settled_at && (
        <p className="quiet">
          {t("quality.settledBy", { name: hit.settled_by })} <When at={hit.settled_at} />
        </p>
      )}
      <Input.TextArea aria-label={t("quality.note")} placeholder={t("quality.note")} rows={2} maxLength={300} value={note} onChange={(event) => { setNote(event.target.value.replaceAll("\n", " ")); }} />
      <div>
        <Button type="primary" loading={settle.isPending} onClick={() => { settle.mutate(note, { onSuccess: onDone }); }}>{t("quality.settle")}</Button>
      </div>
      <Refused error={settle.error} />
    </section>
  );
}
