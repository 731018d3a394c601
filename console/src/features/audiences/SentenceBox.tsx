import { Input } from "antd";
import { useEffect, useEffectEvent, useState } from "react";

import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";

import type { Condition } from "./condition";
import { useRead } from "./sentenceApi";
import { Unread } from "./Unread";

/** The sentence: says what the tree says; written in, it becomes the tree. */
export function SentenceBox({ said, first, onCondition }: { said: string; first: string; onCondition: (condition: Condition) => void }) {
  const t = useT();
  const [written, setWritten] = useState<string | null>(first || null);
  const read = useRead();
  const apply = (sentence: string) => {
    if (sentence.trim() === "" || sentence.trim() === said) {
      read.reset();
      return;
    }
    read.mutate(sentence, { onSuccess: onCondition });
  };
  const mend = (mended: string) => {
    setWritten(mended);
    apply(mended);
  };
  const applyLater = useEffectEvent(apply);
  // Read when the typing pauses; an unfinished sentence is not scolded before Enter or leaving the box.
  useEffect(() => {
    if (written === null) return;
    const timer = setTimeout(() => {
      applyLater(written);
    }, 600);
    return () => {
      clearTimeout(timer);
    };
  }, [written]);
  return (
    <Panel title={t("audiences.sentence")} note={t("audiences.sentenceHint")}>
      <div className="stack tight sentence">
        <Input.TextArea
          aria-label={t("audiences.sentence")}
          placeholder={t("audiences.sentenceExample")}
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={2000}
          value={written ?? said}
          status={read.error && written !== null ? "warning" : ""}
          // While someone is in the box it says what they left in it: an answer that comes meanwhile does not get between their words.
          onFocus={() => { setWritten((before) => before ?? said); }}
          onChange={(event) => { setWritten(event.target.value); }}
          onPressEnter={(event) => {
            if (event.nativeEvent.isComposing || event.shiftKey) return;
            event.preventDefault();
            if (written !== null) apply(written);
          }}
          onBlur={() => {
            // What was understood is shown as the console says it; what was not stays to be mended.
            if (!read.error && !read.isPending) setWritten(null);
          }}
        />
        {written !== null && read.error && <Unread sentence={read.variables} error={read.error} onMend={mend} />}
      </div>
    </Panel>
  );
}
