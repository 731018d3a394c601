import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Notice } from "@/ui/Notice";
import { Panel } from "@/ui/Panel";
import { PersonPick } from "@/ui/PersonPick";
import { Refused } from "@/ui/Refused";

import type { Channel } from "./messagesApi";
import { PhonePreview } from "./PhonePreview";
import type { useReading } from "./useReading";

/** The message as its reader sees it; whose eyes it is seen with can be chosen. */
export function PreviewPanel({ channel, reading }: { channel: Channel; reading: ReturnType<typeof useReading> }) {
  const t = useT();
  const { workspace, may } = useMember();
  const { data } = reading;
  return (
    <Panel title={t("messages.preview")} note={reading.customer === null ? t("messages.previewSamples") : t("messages.previewPerson")}>
      <div className="stack tight" aria-live="polite" aria-busy={reading.isFetching}>
        {may("customers.read") && <PersonPick value={reading.customer} onPick={reading.choose} placeholder={t("messages.previewAs")} waits />}
        <Refused error={reading.error} />
        {reading.unsound && <Notice>{t("messages.previewStale")}</Notice>}
        {data?.problem && <Notice>{data.problem}</Notice>}
        {data?.rendered && <PhonePreview channel={channel} rendered={data.rendered} brand={workspace.name} />}
        {!data && !reading.error && <p className="faint small">{t("messages.previewNothing")}</p>}
      </div>
    </Panel>
  );
}
