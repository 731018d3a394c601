import { Tooltip } from "antd";

import { useT } from "@/i18n";
import { exact, relative, timeZone } from "@/i18n/format";

/** A moment: relative to read, exact on hover, in the brand's time zone. */
export function When({ at, none }: { at: string | null | undefined; none?: string }) {
  const t = useT();
  if (!at) return <span className="faint">{none ?? t("common.never")}</span>;
  return (
    <Tooltip title={`${exact(at)} · ${timeZone()}`}>
      <time dateTime={at} className="tabular">
        {relative(at)}
      </time>
    </Tooltip>
  );
}
