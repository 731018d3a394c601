import { useT } from "@/i18n";
import { Notice } from "@/ui/Notice";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { useDebounced } from "@/ui/useDebounced";

import { usePreview, type CodeRules } from "./acquisitionApi";

/** What the rules mean, in one sentence, while they are being written. */
export function ReadAloud({ rules }: { rules: CodeRules }) {
  const t = useT();
  const preview = usePreview(useDebounced(rules, 250));
  const nobody = (rules.members?.length ?? 0) + (rules.groups?.length ?? 0) === 0;
  return (
    <Panel title={t("acquisition.readAloud")}>
      {nobody ? (
        <p className="faint">{t("acquisition.nothingYet")}</p>
      ) : (
        <div className="stack tight">
          <p aria-live="polite">{preview.data?.sentence ?? t("common.loading")}</p>
          {preview.data !== undefined && preview.data.uncovered_hours > 0 && <Notice>{t("acquisition.uncovered", { n: preview.data.uncovered_hours })}</Notice>}
          <Refused error={preview.error} />
        </div>
      )}
    </Panel>
  );
}
