import {
  ApartmentOutlined,
  CalendarOutlined,
  ClockCircleOutlined,
  DashboardOutlined,
  FlagOutlined,
  HourglassOutlined,
  LogoutOutlined,
  MergeCellsOutlined,
  PercentageOutlined,
  LoginOutlined,
  ThunderboltOutlined,
} from "@ant-design/icons";
import { Handle, Position, type Node, type NodeProps } from "@xyflow/react";
import type { ReactNode } from "react";

import { useT } from "@/i18n";
import { large } from "@/i18n/format";

import { waysOf, type GraphNode, type Kind } from "./graph";
import type { NodeCount } from "./journeysApi";

export interface StepData extends Record<string, unknown> {
  /** Null: the entry. */
  step: GraphNode | null;
  title: string;
  said: string;
  ways: { place: string; label: string }[];
  count: NodeCount | undefined;
  problem: string | undefined;
  /** Of the entry: what holds at any time. */
  rules: string[];
}

export type StepNodeType = Node<StepData, "step">;

export const icons: Record<Kind, ReactNode> = {
  wait: <HourglassOutlined />,
  wait_time: <ClockCircleOutlined />,
  wait_date: <CalendarOutlined />,
  until: <HourglassOutlined />,
  until_audience: <HourglassOutlined />,
  branch: <ApartmentOutlined />,
  split: <PercentageOutlined />,
  action: <ThunderboltOutlined />,
  goal: <FlagOutlined />,
  exit: <LogoutOutlined />,
  merge: <MergeCellsOutlined />,
  rate: <DashboardOutlined />,
};

/** One node of the canvas: what it does, how many are there, what is wrong with it. */
export function StepNode({ data, selected, isConnectable }: NodeProps<StepNodeType>) {
  const t = useT();
  const { step, title, said, ways, count, problem, rules } = data;
  const classes = ["step-node", step?.kind ?? "entry", selected && "chosen", problem && "wrong"].filter(Boolean).join(" ");
  return (
    <div className={classes} title={problem ?? said}>
      {step && <Handle type="target" position={Position.Top} isConnectable={isConnectable} />}
      <div className="step-head">
        <span aria-hidden>{step ? icons[step.kind] : <LoginOutlined />}</span>
        <span className="grow clip">{title}</span>
        {count && (count.here > 0 || step === null) && (
          <span className="step-here tabular" title={t("journeys.here")}>
            {large(step ? count.here : count.came)}
          </span>
        )}
        {count && count.held > 0 && (
          <span className="step-held tabular" title={t("journeys.held")}>
            {large(count.held)}
          </span>
        )}
      </div>
      <div className="step-said">{said}</div>
      {count && step && count.came > 0 && <div className="step-came small faint tabular">{t("journeys.came", { n: large(count.came) })}</div>}
      {rules.length > 0 && <div className="step-came small faint">{rules.join(" · ")}</div>}
      {problem && <div className="step-problem small">{problem}</div>}
      {(step === null ? 1 : waysOf(step).length) > 0 &&
        ways.map((way, place) => (
          <Handle
            key={way.place}
            id={way.place}
            type="source"
            position={Position.Bottom}
            isConnectable={isConnectable}
            style={{ left: `${String(((place + 1) / (ways.length + 1)) * 100)}%` }}
            title={way.label}
          />
        ))}
    </div>
  );
}
