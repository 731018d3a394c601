import { Radio } from "antd";

import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Windows } from "@/ui/Windows";

import type { CodeRules } from "./acquisitionApi";

const WAYS = ["always", "hours", "never"] as const;

/** Whether a friend is taken in at once, or confirmed first. */
export function Verification({ rules, onChange }: { rules: CodeRules; onChange: (some: Partial<CodeRules>) => void }) {
  const t = useT();
  const skip = rules.skip ?? "always";
  return (
    <Panel title={t("acquisition.verification")}>
      <div className="stack tight">
        <Radio.Group aria-label={t("acquisition.verification")} value={skip} onChange={(event) => { const chosen = WAYS.find((each) => each === event.target.value); if (chosen) onChange({ skip: chosen }); }} options={WAYS.map((each) => ({ value: each, label: t(`acquisition.skip_${each}`) }))} />
        {skip === "hours" && <Windows label={t("acquisition.skip_hours")} windows={rules.skip_windows ?? []} onChange={(skip_windows) => { onChange({ skip_windows }); }} />}
      </div>
    </Panel>
  );
}
