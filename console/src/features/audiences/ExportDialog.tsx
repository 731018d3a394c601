import { useMutation } from "@tanstack/react-query";
import { Checkbox } from "antd";
import { useState } from "react";

import { download } from "@/api/download";
import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { bytes, day, whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Consequence } from "@/ui/Consequence";
import { Facts } from "@/ui/Facts";

import { useCountNow, type Audience } from "./audiencesApi";

/** An audience leaves the house: how many, which columns, phones masked or not, on record; then the file. */
export function ExportDialog({ audience, onClose }: { audience: Audience; onClose: () => void }) {
  const t = useT();
  const { may } = useMember();
  const [reveal, setReveal] = useState(false);
  const [received, setReceived] = useState(0);
  const counted = useCountNow(audience.id);
  const take = useMutation({
    mutationFn: () => download(`/api/v1/audiences/${String(audience.id)}/export?reveal=${String(reveal)}`, `${audience.name}-${day(new Date().toISOString())}.csv`, setReceived),
    onSuccess: onClose,
  });
  const count = counted.data ?? 0;
  const n = whole(count);
  return (
    <Consequence
      open
      title={t("audiences.exportTitle", { name: audience.name })}
      act={count === 0 ? t("audiences.exportNobody") : t(reveal ? "audiences.exportActReveal" : "audiences.exportAct", { n })}
      ready={count > 0}
      harmful={reveal}
      busy={take.isPending || counted.isPending}
      error={take.error}
      onAct={() => { take.mutate(); }}
      onClose={onClose}
    >
      <Answered query={counted}>
        {(found) => (
          <>
            <p>{t(found < audience.count ? "audiences.exportHintScope" : "audiences.exportHint", { n })}</p>
            <Facts
              items={[
                { label: t("audiences.exportColumns"), value: t("audiences.exportColumnNames") },
                { label: t("audiences.exportPhones"), value: <Phones reveal={reveal} onReveal={may("customers.unmask") ? setReveal : null} /> },
                { label: t("audiences.exportRecord"), value: t("audiences.exportRecordHint") },
              ]}
            />
          </>
        )}
      </Answered>
      {take.isPending && <p className="faint small tabular" role="status">{t("audiences.exportTaking", { size: bytes(received) })}</p>}
    </Consequence>
  );
}

function Phones({ reveal, onReveal }: { reveal: boolean; onReveal: ((reveal: boolean) => void) | null }) {
  const t = useT();
  return (
    <span className="stack close">
      {!reveal && <span>{t("audiences.exportMasked")}</span>}
      {onReveal && (
        <Checkbox checked={reveal} onChange={(event) => { onReveal(event.target.checked); }}>
          {t("audiences.exportReveal")}
        </Checkbox>
      )}
      {reveal && <span className="small warn">{t("audiences.exportRevealHint")}</span>}
    </span>
  );
}
