import { useT } from "@/i18n";
import { State, type Mood } from "@/ui/State";

import type { Code } from "./acquisitionApi";

const MOODS: Record<Code["state"], Mood> = { running: "good", backups: "busy", nobody: "bad", waiting: "busy", trouble: "bad", expired: "still", ended: "still" };

/** What there is to say of a code at a glance, and what is in its way. */
export function CodeStanding({ code }: { code: Code }) {
  const t = useT();
  const said = code.state === "running" ? t(`acquisition.state_running_${code.kind}`, { n: code.shown }) : t(`acquisition.state_${code.state}`);
  return (
    <span className="stack" style={{ gap: 0 }}>
      <State mood={MOODS[code.state]}>{said}</State>
      {code.trouble !== "" && <span className="small faint wrap">{code.trouble}</span>}
    </span>
  );
}
