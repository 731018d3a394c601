import { Segmented } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Growth } from "@/ui/Growth";
import { Panel } from "@/ui/Panel";
import { Bone } from "@/ui/Skeleton";

import { useGrowth, type Audience } from "./audiencesApi";
import { localDays } from "./localDays";

const SPANS = [7, 30, 90];

/** How many were in on each day, and how many came and went. */
export function GrowthPanel({ audience }: { audience: Audience }) {
  const t = useT();
  const [span, setSpan] = useState(30);
  const { first, last } = localDays(span - 1);
  const growth = useGrowth(audience.id, first, last);
  const moved = growth.data?.reduce((sum, day) => ({ entered: sum.entered + day.entered, left: sum.left + day.left }), { entered: 0, left: 0 });
  return (
    <Panel
      title={t("audiences.growth")}
      note={moved && `${t("audiences.entered")} ${whole(moved.entered)} · ${t("audiences.left")} ${whole(moved.left)}`}
      extra={<Segmented size="small" aria-label={t("audiences.growth")} value={span} options={SPANS.map((each) => ({ value: each, label: t("audiences.growthDays", { n: each }) }))} onChange={setSpan} />}
    >
      <Answered query={growth} skeleton={<Bone width="100%" height={190} />}>
        {(days) => (days.some((day) => day.count > 0 || day.entered > 0) ? <Growth label={t("audiences.growth")} points={days.map((day) => ({ at: `${day.on}T12:00:00Z`, value: day.count }))} /> : <p className="faint">{t("audiences.growthNone")}</p>)}
      </Answered>
    </Panel>
  );
}
