import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Panel } from "@/ui/Panel";
import { State } from "@/ui/State";
import { When } from "@/ui/When";

import { useDay, type Confirmation } from "../guidesApi";

/** Mass messages she has to confirm in WeCom, and those she did today; nothing where there are none. */
export function Confirmations() {
  const t = useT();
  const found = useDay().data?.confirmations ?? [];
  if (found.length === 0) return null;
  const waiting = found.filter((each) => each.confirmed_at === null).length;
  return (
    <Panel flush title={t("guides.confirmations")} note={waiting > 0 ? t("guides.confirmHow") : undefined}>
      <ul className="sidebar-lines">
        {found.map((each) => (
          <Line key={each.id} confirmation={each} />
        ))}
      </ul>
    </Panel>
  );
}

function Line({ confirmation }: { confirmation: Confirmation }) {
  const t = useT();
  const { text, attachments, people, asked_at, confirmed_at } = confirmation;
  const about = [people !== null && t("guides.confirmPeople", { n: whole(people) }), attachments > 0 && t("guides.confirmAttachments", { n: attachments })].filter((each) => each !== false);
  return (
    <li>
      <span className="grow stack close">
        <span className="wrap confirm-text">{text || t("guides.confirmNoText")}</span>
        {about.length > 0 && <span className="small quiet">{about.join(" · ")}</span>}
        <span className="small faint">{confirmed_at ? t("guides.confirmedAt") : t("guides.askedAt")} <When at={confirmed_at ?? asked_at} /></span>
      </span>
      <State mood={confirmed_at ? "good" : "busy"}>{t(confirmed_at ? "guides.confirmed" : "guides.toConfirm")}</State>
    </li>
  );
}
