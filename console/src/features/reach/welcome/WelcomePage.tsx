import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useParams } from "react-router";

import { useMember } from "@/api/member";
import { Refusal } from "@/api/refusal";
import { useT } from "@/i18n";
import { AnsweredPage } from "@/ui/AnsweredPage";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Windows } from "@/ui/Windows";

import { useKit, type KitChannel } from "../messagesApi";
import { PartList } from "../PartList";
import { firstParts, isReadable, plainChannel } from "../parts";
import "../reach.css";
import { Heard } from "./Heard";
import { slotsOf, useSaveWelcome, useWelcome, written, type WrittenSlot } from "./welcomeApi";

/** What new friends of a corp hear, by the hour; seen beside it as they will. */
export function WelcomePage() {
  const t = useT();
  const { path } = useMember();
  const corp = Number(useParams()["corpId"]);
  const welcome = useWelcome(corp);
  const kit = useKit();
  const back = { to: path("wecom"), label: t("mass.welcomeBack") };
  const channel = kit.data?.channels.find((each) => each.name === "wecom");
  return (
    <AnsweredPage query={welcome} back={back}>
      {(found) => (
        <Page title={t("mass.welcome")} answer={t("mass.welcomeAnswer")} back={back}>
          <Refused error={kit.error} />
          {channel && <Editor corp={corp} channel={plainChannel(channel)} begin={found.slots.map(written)} />}
        </Page>
      )}
    </AnsweredPage>
  );
}

function Editor({ corp, channel, begin }: { corp: number; channel: KitChannel; begin: WrittenSlot[] }) {
  const t = useT();
  const { may } = useMember();
  const [slots, setSlots] = useState(begin);
  const save = useSaveWelcome(corp);
  const readOnly = !may("reach.write");
  const sound = slots.every((each) => isReadable(each.drafts.map((draft) => draft.part), channel));
  const problems = save.error instanceof Refusal ? save.error.errors : [];
  const put = (changed: WrittenSlot) => {
    save.reset();
    setSlots(slots.map((each) => (each.key === changed.key ? changed : each)));
  };
  return (
    <div className="message-edit">
      <fieldset className="stack plain-fieldset" disabled={readOnly}>
        {slots.length === 0 && <p className="quiet">{t("mass.welcomeNone")}</p>}
        {slots.map((slot, place) => (
          <SlotPanel key={slot.key} slot={slot} place={place} channel={channel} problems={problemsOf(problems, place)} readOnly={readOnly} onChange={put} onRemove={() => { save.reset(); setSlots(slots.filter((each) => each.key !== slot.key)); }} />
        ))}
        <Refused error={save.error} />
        {!readOnly && (
          <div className="row wrapping">
            <Button icon={<PlusOutlined />} onClick={() => { setSlots([...slots, written({ windows: slots.some((each) => each.windows.length === 0) ? [{ days: [1, 2, 3, 4, 5], begin: "09:00", end: "18:00" }] : [], parts: firstParts(channel) })]); }}>
              {t("mass.addSlot")}
            </Button>
            <Button type="primary" loading={save.isPending} disabled={!sound} onClick={() => { save.mutate(slotsOf(slots)); }}>
              {t("mass.save")}
            </Button>
            {save.isSuccess && <span className="quiet small" role="status">{t("mass.saved")}</span>}
          </div>
        )}
      </fieldset>
      <aside className="message-side">
        <Heard corp={corp} slots={slotsOf(slots)} sound={sound} />
      </aside>
    </div>
  );
}

interface SlotPanelProps {
  slot: WrittenSlot;
  place: number;
  channel: KitChannel;
  problems: ReadonlyMap<string, string>;
  readOnly: boolean;
  onChange: (slot: WrittenSlot) => void;
  onRemove: () => void;
}

function SlotPanel({ slot, place, channel, problems, readOnly, onChange, onRemove }: SlotPanelProps) {
  const t = useT();
  const always = slot.windows.length === 0;
  return (
    <Panel
      title={t("mass.slot", { n: place + 1 })}
      note={always ? `${t("mass.slotAllHours")} · ${t("mass.slotAllHoursHint")}` : t("mass.slotHours")}
      extra={!readOnly && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("mass.removeSlot", { n: place + 1 })} onClick={onRemove} />}
    >
      <div className="stack">
        <Windows label={t("mass.slotHours")} windows={slot.windows} onChange={(windows) => { onChange({ ...slot, windows: windows.map((each) => ({ days: each.days, begin: each.begin ?? "00:00", end: each.end ?? "24:00" })) }); }} />
        <PartList channel={channel} drafts={slot.drafts} onDrafts={(drafts) => { onChange({ ...slot, drafts }); }} problems={problems} lengths={[]} readOnly={readOnly} />
      </div>
    </Panel>
  );
}

/** What was refused of one slot, under the names its fields have. */
function problemsOf(errors: Refusal["errors"], place: number): ReadonlyMap<string, string> {
  const head = `slots.${String(place)}.`;
  return new Map(errors.filter((each) => each.field.startsWith(head)).map((each) => [each.field.slice(head.length), each.message]));
}
