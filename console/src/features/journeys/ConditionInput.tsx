import { Input } from "antd";
import { useState } from "react";

import { Refusal } from "@/api/refusal";
import { useT } from "@/i18n";

import { Labelled } from "./fields";
import { isObject, type JsonObject } from "./graph";
import { useReadSentence, useSaid } from "./journeysApi";

/** A condition as a sentence: read when it is left, said back as it was understood. */
export function ConditionInput({ label, at, value, onChange }: { label: string; at?: string; value: unknown; onChange: (condition: JsonObject) => void }) {
  const t = useT();
  const condition = isObject(value) && Object.keys(value).length > 0 ? value : null;
  const said = useSaid(condition);
  const read = useReadSentence();
  const [written, setWritten] = useState<string | null>(null);
  const shown = written ?? (condition ? (said.data?.sentence ?? "") : "");
  const settle = () => {
    if (written === null || written.trim() === "" || written.trim() === said.data?.sentence) {
      setWritten(null);
      return;
    }
    read.mutate(written, {
      onSuccess: (found) => {
        setWritten(null);
        if (isObject(found.condition)) onChange(found.condition);
      },
    });
  };
  const refusal = read.error instanceof Refusal ? read.error.message : read.error?.message;
  return (
    <Labelled label={label} at={refusal ? undefined : at}>
      <Input.TextArea
        aria-label={label}
        autoSize={{ minRows: 1, maxRows: 5 }}
        placeholder={t("journeys.conditionHint")}
        status={refusal ? "error" : ""}
        value={shown}
        onChange={(event) => { setWritten(event.target.value); }}
        onBlur={settle}
        onPressEnter={(event) => {
          event.preventDefault();
          settle();
        }}
      />
      {refusal && <span className="small harm" role="alert">{refusal}</span>}
    </Labelled>
  );
}
