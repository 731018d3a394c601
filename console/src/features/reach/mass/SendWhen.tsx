import { Segmented } from "antd";

import { useT } from "@/i18n";
import { BrandTime } from "@/ui/BrandTime";
import { Panel } from "@/ui/Panel";

export interface When {
  later: boolean;
  at: string | null;
}

/** Now, or at a time to come. */
export function SendWhen({ when, onChange }: { when: When; onChange: (when: When) => void }) {
  const t = useT();
  return (
    <Panel title={t("mass.whenSent")}>
      <span className="row wrapping">
        <Segmented aria-label={t("mass.whenSent")} value={when.later ? "later" : "now"} options={[{ value: "now", label: t("mass.now") }, { value: "later", label: t("mass.later") }]} onChange={(chosen) => { onChange({ ...when, later: chosen === "later" }); }} />
        {when.later && <BrandTime label={t("mass.whenSent")} value={when.at} onChange={(at) => { onChange({ ...when, at }); }} />}
      </span>
    </Panel>
  );
}
