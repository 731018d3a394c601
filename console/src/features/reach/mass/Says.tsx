import { useT } from "@/i18n";

/** The first words of something that is sent, and how much hangs on it. */
export function Says({ text, otherwise, attachments }: { text: string; otherwise: string; attachments: number }) {
  const t = useT();
  return (
    <span className="stack" style={{ gap: 0 }}>
      <span className="clip strong" title={text}>{text || otherwise}</span>
      {attachments > 0 && <span className="small faint">{t("mass.attachments", { n: attachments })}</span>}
    </span>
  );
}
