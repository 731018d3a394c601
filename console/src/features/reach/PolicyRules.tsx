import { InputNumber, Select } from "antd";

import { useSpeech } from "@/i18n";

import type { Cap, Quiet } from "./policyApi";
import { channels } from "./reachWords";

type Purposes = NonNullable<Cap["purposes"]>;

const hours = Array.from({ length: 48 }, (_, half) => `${String(Math.floor(half / 2)).padStart(2, "0")}:${half % 2 ? "30" : "00"}`);

/** 21:00 到 09:00 不打扰：营销推广消息推迟到之后再发 */
export function QuietRule({ quiet, onChange }: { quiet: Quiet; onChange: (quiet: Quiet) => void }) {
  const { t, rich } = useSpeech();
  const clock = (which: "start" | "end") => (
    <Select key={which} aria-label={t(which === "start" ? "reach.from" : "reach.until")} value={quiet[which]} options={[...new Set([...hours, quiet[which]])].map((each) => ({ value: each, label: each }))} onChange={(at) => { onChange({ ...quiet, [which]: at }); }} style={{ width: 92 }} />
  );
  return (
    <>
      {rich("reach.quietEdit", {
        start: clock("start"),
        end: clock("end"),
        what: <PurposeSelect key="what" value={quiet.purposes ?? ["marketing"]} onChange={(purposes) => { onChange({ ...quiet, purposes }); }} />,
        then: (
          <Select<"defer" | "drop"> key="then" aria-label={t("reach.then")} value={quiet.then ?? "defer"} options={[{ value: "defer", label: t("reach.defer") }, { value: "drop", label: t("reach.drop") }]} onChange={(then) => { onChange({ ...quiet, then }); }} popupMatchSelectWidth={false} />
        ),
      })}
    </>
  );
}

type Span = "rolling" | "day" | "week" | "month";

/** 每人每 7 天最多收到 3 条营销推广消息 */
export function CapRule({ cap, onChange }: { cap: Cap; onChange: (cap: Cap) => void }) {
  const { t, rich } = useSpeech();
  const per: Span = cap.per ?? "rolling";
  return (
    <>
      {rich("reach.capEdit", {
        where: (
          <Select<"all" | "one"> key="where" aria-label={t("reach.scope")} value={cap.per_journey ? "one" : "all"} options={[{ value: "all", label: t("reach.everywhere") }, { value: "one", label: t("reach.oneJourney") }]} onChange={(where) => { onChange({ ...cap, per_journey: where === "one" }); }} popupMatchSelectWidth={false} />
        ),
        span: (
          <span key="span" className="row" style={{ display: "inline-flex" }}>
            <Select<Span> aria-label={t("reach.span")} value={per} options={(["rolling", "day", "week", "month"] as const).map((each) => ({ value: each, label: t(`reach.per_${each}`) }))} onChange={(chosen) => { onChange({ ...cap, per: chosen }); }} popupMatchSelectWidth={false} />
            {per === "rolling" && <InputNumber aria-label={t("reach.days")} min={1} max={366} value={cap.days ?? 7} suffix={t("reach.daysUnit")} onChange={(days) => { onChange({ ...cap, days: days ?? 1 }); }} style={{ width: 84 }} />}
          </span>
        ),
        most: <InputNumber key="most" aria-label={t("reach.most")} min={0} max={1000} value={cap.most} onChange={(most) => { onChange({ ...cap, most: most ?? 0 }); }} style={{ width: 72 }} />,
        channel: (
          <Select<NonNullable<Cap["channel"]>> key="channel" aria-label={t("reach.channel")} value={cap.channel ?? "any"} options={[{ value: "any" as const, label: t("reach.channel_any") }, ...channels.map((each) => ({ value: each, label: t(`reach.channel_${each}`) }))]} onChange={(channel) => { onChange({ ...cap, channel }); }} popupMatchSelectWidth={false} />
        ),
        what: <PurposeSelect key="what" value={cap.purposes ?? ["marketing"]} onChange={(purposes) => { onChange({ ...cap, purposes }); }} />,
      })}
    </>
  );
}

function PurposeSelect({ value, onChange }: { value: Purposes; onChange: (purposes: Purposes) => void }) {
  const { t } = useSpeech();
  const chosen = value.length > 1 ? "both" : (value[0] ?? "marketing");
  const sets = { marketing: ["marketing"], service: ["service"], both: ["marketing", "service"] } satisfies Record<string, Purposes>;
  return (
    <Select<keyof typeof sets>
      aria-label={t("messages.purpose")}
      value={chosen}
      options={[{ value: "marketing", label: t("reach.purpose_marketing") }, { value: "service", label: t("reach.purpose_service") }, { value: "both", label: t("reach.purpose_both") }]}
      onChange={(next) => { onChange(sets[next]); }}
      popupMatchSelectWidth={false}
    />
  );
}
