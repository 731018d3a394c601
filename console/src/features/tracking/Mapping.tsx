import { Button, Input } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";
import { Refused } from "@/ui/Refused";
import { useDebounced } from "@/ui/useDebounced";

import { useChangeHook, useMapped, type Hook, type Json } from "./hooksApi";

/** The mapping, and what it would make of an example, live. */
export function Mapping({ hook }: { hook: Hook }) {
  const t = useT();
  const [written, setWritten] = useState(() => JSON.stringify(hook.mapping, null, 2));
  const [sample, setSample] = useState("");
  const change = useChangeHook(hook.id);
  const mapping = objectOf(written);
  const body = useDebounced(parsed(sample), 400);
  const mapped = useMapped(useDebounced(mapping, 400), body);
  const made = mapped.data;
  return (
    <section className="stack tight">
      <h3>{t("tracking.mapping")}</h3>
      <p className="quiet">{t("tracking.mappingHint")}</p>
      <Input.TextArea aria-label={t("tracking.mapping")} className="mono" autoSize={{ minRows: 6, maxRows: 18 }} spellCheck={false} value={written} status={mapping ? "" : "warning"} onChange={(event) => { setWritten(event.target.value); }} />
      {!mapping && <p className="small warn">{t("tracking.mappingBroken")}</p>}
      <Input.TextArea aria-label={t("tracking.sample")} placeholder={t("tracking.sample")} className="mono" autoSize={{ minRows: 3, maxRows: 12 }} spellCheck={false} value={sample} onChange={(event) => { setSample(event.target.value); }} />
      {sample !== "" && parsed(sample) === undefined && <p className="small warn">{t("tracking.sampleBroken")}</p>}
      <Refused error={mapped.error} />
      {made && (
        <div className="stack tight" aria-live="polite">
          <span className="faint">{t("tracking.becomes")}</span>
          {made.is_ignored && <p>{t("tracking.becomesNothing")}</p>}
          {made.events.map((event, place) => (
            <pre key={place} className="copyable" style={{ padding: 10, whiteSpace: "pre-wrap" }}>
              {JSON.stringify(event, null, 1)}
            </pre>
          ))}
          {made.errors.map((problem) => (
            <p key={problem.field + problem.message} className="harm small">
              <code>{problem.field}</code> {problem.message}
            </p>
          ))}
        </div>
      )}
      <Refused error={change.error} />
      <div>
        <Button type="primary" disabled={!mapping} loading={change.isPending} onClick={() => { if (mapping) change.mutate({ mapping }); }}>
          {t("tracking.saveMapping")}
        </Button>
        {change.isSuccess && <span role="status" style={{ marginInlineStart: 12 }}>{t("settings.saved")}</span>}
      </div>
    </section>
  );
}

function parsed(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectOf(written: string): Json | null {
  const value = parsed(written);
  return isObject(value) ? value : null;
}
