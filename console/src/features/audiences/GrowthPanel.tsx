import { Segmented } from "antd";
import dayjs from "dayjs";
import { useState } from "react";

import { useT } from "@/i18n";
import { timeZone, whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Growth } from "@/ui/Growth";
import { Panel } from "@/ui/Panel";
import { Bone } from "@/ui/Skeleton";

import { useGrowth, type Audience } from "./audiencesApi";
import { DayTable } from "./DayTable";
import { localDays } from "./localDays";

const SPANS = [7, 30, 90];

/** How many were in on each day, and how many came and went; as a line, or day by day. */
export function GrowthPanel({ audience }: { audience: Audience }) {
  const t = useT();
  const [span, setSpan] = useState(30);
  const [shape, setShape] = useState<"line" | "table">("line");
  const { first, last } = localDays(span - 1);
  // Before it was made nobody could be in it: the line begins the day before, at zero.
  const before = dayjs(audience.created_at).tz(timeZone()).subtract(1, "day").format("YYYY-MM-DD");
  const growth = useGrowth(audience.id, before > first ? before : first, last);
  const moved = growth.data?.reduce((sum, day) => ({ entered: sum.entered + day.entered, left: sum.left + day.left }), { entered: 0, left: 0 });
  return (
    <Panel
      title={t("audiences.growth")}
      note={moved && `${t("audiences.entered")} ${whole(moved.entered)} · ${t("audiences.left")} ${whole(moved.left)}`}
      extra={
        <span className="row wrapping">
          <Segmented size="small" aria-label={t("audiences.growth")} value={span} options={SPANS.map((each) => ({ value: each, label: t("audiences.growthDays", { n: each }) }))} onChange={setSpan} />
          <Segmented size="small" aria-label={t("audiences.growthTable")} value={shape} options={[{ value: "line" as const, label: t("audiences.growthLine") }, { value: "table" as const, label: t("audiences.growthTable") }]} onChange={setShape} />
        </span>
      }
    >
      <Answered query={growth} skeleton={<Bone width="100%" height={190} />}>
        {(days) => {
          if (shape === "table") return <DayTable days={days} />;
          if (!days.some((day) => day.count > 0 || day.entered > 0)) return <p className="faint">{t("audiences.growthNone")}</p>;
          return <Growth label={t("audiences.growth")} points={days.map((day) => ({ at: `${day.on}T12:00:00Z`, value: day.count }))} />;
        }}
      </Answered>
    </Panel>
  );
}
