import { Button } from "antd";

import { Refusal } from "@/api/refusal";
import { useT } from "@/i18n";
import { Refused } from "@/ui/Refused";

interface UnreadProps {
  sentence: string;
  error: Error;
  onMend: (sentence: string) => void;
}

/** Where a sentence stopped being understood, and the words it may have meant, one press away. */
export function Unread({ sentence, error, onMend }: UnreadProps) {
  const t = useT();
  const place = placeOf(error, sentence);
  if (!place) return <Refused error={error} />;
  const { at, word, suggested } = place;
  // The server counts characters, a string of JavaScript counts halves of some of them.
  const letters = Array.from(sentence);
  const before = letters.slice(0, at).join("");
  const after = letters.slice(at + Array.from(word).length).join("");
  return (
    <div className="stack close">
      <Refused error={error} skip={["text"]} />
      <p className="unread wrap">
        <span className="faint">{before}</span>
        <mark>{word || "▏"}</mark>
        <span className="faint">{after}</span>
      </p>
      {suggested.length > 0 && (
        <div className="row wrapping">
          {suggested.map((each) => (
            <Button key={each} size="small" onClick={() => { onMend(`${before}${each}${after}`); }}>
              {t("audiences.sentenceMend", { word: each })}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function placeOf(error: Error, sentence: string): { at: number; word: string; suggested: string[] } | null {
  if (!(error instanceof Refusal) || error.code !== "audiences.sentence_unreadable") return null;
  const { at, word, suggested } = error.params;
  if (typeof at !== "number" || typeof word !== "string" || typeof suggested !== "string") return null;
  if (Array.from(sentence).slice(at, at + Array.from(word).length).join("") !== word) return null;
  return { at, word, suggested: suggested.split("\n").filter(Boolean) };
}
