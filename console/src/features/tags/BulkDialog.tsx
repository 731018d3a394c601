import { Input, Segmented } from "antd";
import { useState } from "react";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Consequence } from "@/ui/Consequence";
import { Notice } from "@/ui/Notice";
import { Refused } from "@/ui/Refused";
import { useDebounced } from "@/ui/useDebounced";

import { useBulk, useBulkPreview, type Tag } from "./tagsApi";

type Preview = components["schemas"]["BulkPreviewOut"];
const AT_MOST = 10_000;

/** A tag is given to many, or taken from them: first how many it would change, then the act. */
export function BulkDialog({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const t = useT();
  const [written, setWritten] = useState("");
  const [action, setAction] = useState<"give" | "take">("give");
  const [reason, setReason] = useState("");
  const numbers = [...new Set(useDebounced(written, 400).split(/\D+/).filter(Boolean).map(Number))].filter((each) => each > 0 && each < 2 ** 32);
  const tooMany = numbers.length > AT_MOST;
  const customers = tooMany ? [] : numbers;
  const preview = useBulkPreview(tag.id, { action, customers });
  const bulk = useBulk(tag.id);
  const plan = customers.length > 0 ? preview.data : undefined;
  const changing = plan?.would_change ?? 0;
  const act = () => { bulk.mutate({ action, customers, reason: reason.trim() }, { onSuccess: onClose }); };
  return (
    <Consequence
      open
      harmful={action === "take"}
      title={t("tags.bulkTitle", { name: tag.name })}
      act={changing === 0 ? t("tags.bulkNobody") : t(action === "give" ? "tags.bulkActGive" : "tags.bulkActTake", { n: whole(changing) })}
      ready={changing > 0}
      busy={bulk.isPending}
      error={bulk.error}
      onAct={act}
      onClose={onClose}
    >
      <Segmented value={action} options={[{ value: "give", label: t("tags.bulkGive") }, { value: "take", label: t("tags.bulkTake") }]} onChange={setAction} />
      <label className="stack close">
        <span className="quiet">{t("tags.bulkIds")}</span>
        <Input.TextArea autoFocus rows={5} value={written} onChange={(event) => { setWritten(event.target.value); }} />
        <span className="small faint">{t("tags.bulkIdsHint")}</span>
      </label>
      <label className="stack close">
        <span className="quiet">{t("tags.why")}</span>
        <Input value={reason} maxLength={200} onChange={(event) => { setReason(event.target.value); }} />
      </label>
      {tooMany && <Notice>{t("tags.bulkTooMany")}</Notice>}
      <Refused error={customers.length > 0 ? preview.error : null} />
      {plan && <Figures plan={plan} action={action} />}
    </Consequence>
  );
}

function Figures({ plan, action }: { plan: Preview; action: "give" | "take" }) {
  const t = useT();
  const lines = [
    { label: t(action === "give" ? "tags.bulkAlreadyHave" : "tags.bulkAlreadyLack"), count: plan.already },
    { label: t("tags.bulkKept"), count: plan.kept_by_rule },
    { label: t("tags.bulkOutOfScope"), count: plan.out_of_scope },
    { label: t("tags.bulkDisplaced"), count: plan.displaced },
  ];
  return (
    <dl className="tag-figures">
      <dt className="main">{t("tags.bulkWouldChange")}</dt>
      <dd className="main">{whole(plan.would_change)}</dd>
      {lines
        .filter((each) => each.count > 0)
        .map((each) => (
          <div key={each.label} style={{ display: "contents" }}>
            <dt className="quiet">{each.label}</dt>
            <dd>{whole(each.count)}</dd>
          </div>
        ))}
    </dl>
  );
}
