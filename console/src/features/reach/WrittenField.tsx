import { Input, type InputRef } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useId, useRef } from "react";

import { useT } from "@/i18n";
import { whole } from "@/i18n/format";

import type { KitField, Preview } from "./messagesApi";
import { VariablePick } from "./VariablePick";

interface WrittenFieldProps {
  field: Pick<KitField, "label" | "required" | "takes_variables" | "is_url">;
  value: string;
  onChange: (value: string) => void;
  long?: boolean;
  /** Its part is called the same: the label need not be seen twice. */
  alone?: boolean;
  problem?: string | undefined;
  length?: Preview["lengths"][number] | undefined;
}

/** One field of a part: written, with variables put in where the cursor is; what was refused stands beneath. */
export function WrittenField({ field, value, onChange, long, alone, problem, length }: WrittenFieldProps) {
  const t = useT();
  const id = useId();
  const area = useRef<TextAreaRef>(null);
  const line = useRef<InputRef>(null);
  const put = (written: string) => {
    const box = area.current?.resizableTextArea?.textArea ?? line.current?.input;
    const [start, end] = [box?.selectionStart ?? value.length, box?.selectionEnd ?? value.length];
    onChange(value.slice(0, start) + written + value.slice(end));
    requestAnimationFrame(() => {
      box?.focus();
      box?.setSelectionRange(start + written.length, start + written.length);
    });
  };
  const shared = { id, value, status: problem ? ("error" as const) : ("" as const), "aria-invalid": Boolean(problem), "aria-describedby": problem ? `${id}-problem` : undefined };
  return (
    <div className="written">
      <div className="row apart">
        <label htmlFor={id} className={alone ? "hidden-label" : "small quiet"}>
          {field.label}
          {!field.required && <span className="faint"> · {t("common.optional")}</span>}
        </label>
        {alone && <span />}
        {field.takes_variables && <VariablePick onPick={put} />}
      </div>
      {long ? (
        <Input.TextArea {...shared} ref={area} autoSize={{ minRows: 4, maxRows: 16 }} onChange={(event) => { onChange(event.target.value); }} />
      ) : (
        <Input {...shared} ref={line} {...(field.is_url ? { placeholder: "https://", inputMode: "url" as const } : {})} onChange={(event) => { onChange(event.target.value); }} />
      )}
      <div className="row apart top">
        <span id={`${id}-problem`} className="small harm" role={problem ? "alert" : undefined}>
          {problem}
        </span>
        {length && (
          <span className={`small tabular ${length.length > length.most ? "harm" : "faint"}`}>
            {t(length.unit === "bytes" ? "messages.bytes" : "messages.characters", { n: whole(length.length), most: whole(length.most) })}
          </span>
        )}
      </div>
    </div>
  );
}
