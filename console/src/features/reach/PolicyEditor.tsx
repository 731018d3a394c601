import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, InputNumber, Select } from "antd";
import type { ReactNode } from "react";

import { useSpeech } from "@/i18n";
import { Panel } from "@/ui/Panel";

import type { Rules } from "./policyApi";
import { CapRule, QuietRule } from "./PolicyRules";
import { channels, type ChannelName } from "./reachWords";

type Change = (rules: Rules) => void;

/** The policy as sentences whose words can be changed. */
export function PolicyEditor({ rules, onChange }: { rules: Rules; onChange: Change }) {
  const { t } = useSpeech();
  const quiet = rules.quiet ?? [];
  const caps = rules.caps ?? [];
  return (
    <>
      <Group title={t("reach.quiet")} add={() => { onChange({ ...rules, quiet: [...quiet, { start: "21:00", end: "09:00", channels: [], purposes: ["marketing"], then: "defer" }] }); }}>
        {quiet.map((each, place) => (
          <Line key={place} away={() => { onChange({ ...rules, quiet: without(quiet, place) }); }}>
            <QuietRule quiet={each} onChange={(next) => { onChange({ ...rules, quiet: replaced(quiet, place, next) }); }} />
          </Line>
        ))}
      </Group>
      <Group title={t("reach.caps")} add={() => { onChange({ ...rules, caps: [...caps, { most: 3, per: "rolling", days: 7, channel: "any", purposes: ["marketing"], counts: "all", per_journey: false }] }); }}>
        {caps.map((each, place) => (
          <Line key={place} away={() => { onChange({ ...rules, caps: without(caps, place) }); }}>
            <CapRule cap={each} onChange={(next) => { onChange({ ...rules, caps: replaced(caps, place, next) }); }} />
          </Line>
        ))}
      </Group>
      <Budgets rules={rules} onChange={onChange} />
      <Others rules={rules} onChange={onChange} />
    </>
  );
}

function Budgets({ rules, onChange }: { rules: Rules; onChange: Change }) {
  const { t, rich } = useSpeech();
  const budgets = rules.budgets ?? [];
  const free = channels.filter((each) => !budgets.some((one) => one.channel === each));
  const [next] = free;
  return (
    <Group title={t("reach.budgets")} {...(next ? { add: () => { onChange({ ...rules, budgets: [...budgets, { channel: next, daily: 200, warm_up: [] }] }); } } : {})}>
      {budgets.map((each, place) => {
        const change = (changes: Partial<typeof each>) => { onChange({ ...rules, budgets: replaced(budgets, place, { ...each, ...changes }) }); };
        return (
          <Line key={each.channel} away={() => { onChange({ ...rules, budgets: without(budgets, place) }); }}>
            {rich("reach.budgetEdit", {
              channel: <ChannelSelect key="channel" value={each.channel} among={[each.channel, ...free]} onChange={(channel) => { change({ channel }); }} />,
              most: <InputNumber key="most" aria-label={t("reach.most")} min={0} max={100_000} value={each.daily} onChange={(daily) => { change({ daily: daily ?? 0 }); }} style={{ width: 90 }} />,
            })}
            {(each.warm_up ?? []).length > 0 && <span className="small faint">{(each.warm_up ?? []).map((step) => t("reach.warmUp", { day: step.from_day + 1, n: step.most })).join(" · ")}</span>}
          </Line>
        );
      })}
    </Group>
  );
}

function Others({ rules, onChange }: { rules: Rules; onChange: Change }) {
  const { t, rich } = useSpeech();
  const optIn = rules.opt_in ?? [];
  const consented = optIn.filter((each) => each.purpose === "marketing").map((each) => each.channel);
  return (
    <Group title={t("reach.others")}>
      <Line>
        {rich("reach.optInEdit", {
          channels: (
            <Select<ChannelName[]>
              key="channels"
              mode="multiple"
              aria-label={t("reach.channels")}
              value={consented}
              options={channels.map((each) => ({ value: each, label: t(`reach.channel_${each}`) }))}
              onChange={(chosen) => { onChange({ ...rules, opt_in: [...optIn.filter((each) => each.purpose !== "marketing"), ...chosen.map((channel) => ({ channel, purpose: "marketing" as const }))] }); }}
              style={{ minWidth: 180 }}
            />
          ),
        })}
      </Line>
      <Line>
        {rich("reach.holdoutEdit", { share: <InputNumber key="share" aria-label={t("reach.holdout")} min={0} max={50} step={1} suffix="%" value={rules.holdout_percent ?? 0} onChange={(share) => { onChange({ ...rules, holdout_percent: share ?? 0 }); }} style={{ width: 90 }} /> })}
      </Line>
      <Line>
        {rich("reach.approvalEdit", { n: <InputNumber key="n" aria-label={t("reach.approval")} min={0} max={100_000_000} value={rules.approval_over ?? 0} onChange={(over) => { onChange({ ...rules, approval_over: over ?? 0 }); }} style={{ width: 120 }} /> })}
      </Line>
    </Group>
  );
}

function ChannelSelect({ value, among, onChange }: { value: ChannelName; among: ChannelName[]; onChange: (channel: ChannelName) => void }) {
  const { t } = useSpeech();
  return <Select<ChannelName> aria-label={t("reach.channel")} value={value} options={among.map((each) => ({ value: each, label: t(`reach.channel_${each}`) }))} onChange={onChange} popupMatchSelectWidth={false} />;
}

function Group({ title, add, children }: { title: string; add?: () => void; children: ReactNode }) {
  const { t } = useSpeech();
  return (
    <Panel
      title={title}
      extra={
        add && (
          <Button size="small" icon={<PlusOutlined />} onClick={add}>
            {t("common.add")}
          </Button>
        )
      }
    >
      <div className="rule-lines">{children}</div>
    </Panel>
  );
}

function Line({ away, children }: { away?: () => void; children: ReactNode }) {
  const { t } = useSpeech();
  return (
    <div className="row apart top">
      <div className="rule-line">{children}</div>
      {away && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("common.remove")} onClick={away} />}
    </div>
  );
}

function without<T>(all: T[], place: number): T[] {
  return all.filter((_, each) => each !== place);
}

function replaced<T>(all: T[], place: number, next: T): T[] {
  return all.map((each, at) => (at === place ? next : each));
}
