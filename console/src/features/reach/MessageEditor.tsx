import { Button, Input, Segmented, Select } from "antd";
import { useState } from "react";

import { Refusal } from "@/api/refusal";
import { useT } from "@/i18n";
import { Refused } from "@/ui/Refused";
import { useDebounced } from "@/ui/useDebounced";

import { useCreateMessage, useSaveMessage, type Channel, type Kit, type KitChannel, type Message, type Purpose } from "./messagesApi";
import { PartList } from "./PartList";
import { asParts, carriedOver, drafted, firstParts, isReadable, isUnfilled, type Draft, type Part } from "./parts";
import { PreviewPanel } from "./PreviewPanel";
import { useReading } from "./useReading";

interface MessageEditorProps {
  kit: Kit;
  message: Message | null;
  readOnly?: boolean;
  onSaved?: (id: number) => void;
}

/** A message being written, read beside it as its readers will. */
export function MessageEditor({ kit, message, readOnly = false, onSaved }: MessageEditorProps) {
  const t = useT();
  const first = kit.channels[0];
  const [name, setName] = useState(message?.name ?? "");
  const [purpose, setPurpose] = useState<Purpose>(message?.purpose === "service" ? "service" : "marketing");
  const [channelName, setChannel] = useState<string>(message?.channel ?? first?.name ?? "");
  const channel = kit.channels.find((each) => each.name === channelName) ?? first;
  const [drafts, setDrafts] = useState<Draft[]>(() => (message ? asParts(message.parts) : channel ? firstParts(channel) : []).map(drafted));
  const [tried, setTried] = useState(false);
  const parts = drafts.map((each) => each.part);
  const saving = useSaving(message, onSaved);
  const reading = useReading(channel?.name ?? "wecom", useDebounced(parts, 350), channel !== undefined && isReadable(parts, channel));
  if (!channel) return null;
  const unfilled = tried ? missing(parts, channel, t("common.required")) : [];
  const problems = new Map([...unfilled, ...saving.problems, ...reading.problems]);
  const wordless = tried && name.trim() === "";
  const save = () => {
    setTried(true);
    if (name.trim() === "" || !isReadable(parts, channel)) return;
    saving.save({ name: name.trim(), purpose, channel: channel.name, parts });
  };
  const choose = (chosen: Channel) => {
    const next = kit.channels.find((each) => each.name === chosen);
    setChannel(chosen);
    if (next) setDrafts(carriedOver(parts, next).map(drafted));
  };
  return (
    <div className="message-edit">
      <fieldset className="stack plain-fieldset" disabled={readOnly}>
        <div className="message-basics">
          <label className="written">
            <span className="small quiet">{t("common.name")}</span>
            <Input value={name} maxLength={100} status={wordless ? "error" : ""} placeholder={t("messages.nameHint")} autoFocus={message === null} disabled={readOnly} onChange={(event) => { setName(event.target.value); }} />
            {wordless && <span className="small harm" role="alert">{t("common.required")}</span>}
          </label>
          <div className="written">
            <span className="small quiet">{t("messages.purpose")}</span>
            <Segmented aria-label={t("messages.purpose")} value={purpose} disabled={readOnly} options={kit.purposes.map((each) => ({ value: each.name, label: each.label }))} onChange={(chosen) => { setPurpose(chosen === "service" ? "service" : "marketing"); }} />
          </div>
          {message === null && (
            <label className="written">
              <span className="small quiet">{t("messages.channel")}</span>
              <Select<Channel> aria-label={t("messages.channel")} value={channel.name} options={kit.channels.map((each) => ({ value: each.name, label: each.label }))} onChange={choose} />
            </label>
          )}
        </div>
        <PartList channel={channel} drafts={drafts} onDrafts={setDrafts} problems={problems} lengths={reading.lengths} readOnly={readOnly} />
        <Refused error={saving.error} skip={[...problems.keys()]} />
        {!readOnly && (
          <div className="row">
            <Button type="primary" loading={saving.busy} onClick={save}>
              {message ? t("messages.saveVersion", { n: message.version + 1 }) : t("messages.saveFirst")}
            </Button>
            {saving.done && <span className="quiet small" role="status">{t("messages.saved")}</span>}
          </div>
        )}
      </fieldset>
      <aside className="message-side">
        <PreviewPanel channel={channel.name} reading={reading} />
      </aside>
    </div>
  );
}

/** Fields nobody filled in yet, told once saving was tried. */
function missing(parts: Part[], channel: KitChannel, said: string): [string, string][] {
  return parts.flatMap((part, place) =>
    (channel.parts.find((each) => each.kind === part.kind)?.fields ?? []).filter((field) => isUnfilled(part, field)).map((field): [string, string] => [`parts.${String(place)}.${field.name}`, said]),
  );
}

/** Saves a new message, or the next version of one that stands. */
function useSaving(message: Message | null, onSaved: ((id: number) => void) | undefined) {
  const create = useCreateMessage();
  const again = useSaveMessage(message ?? { id: 0, name: "", channel: "", purpose: "", state: "in_use", version: 0, review: "none", parts: [], owner: null, created_at: "", changed_at: "" });
  const current = message ? again : create;
  const error = current.error;
  return {
    save: (body: { name: string; purpose: Purpose; channel: Channel; parts: Part[] }) => {
      if (message) again.mutate(body);
      else create.mutate(body, { onSuccess: (made) => onSaved?.(made.id) });
    },
    busy: current.isPending,
    done: again.isSuccess,
    error,
    problems: error instanceof Refusal ? error.errors.map((each): [string, string] => [each.field, each.message]) : [],
  };
}
