import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, InputNumber, Select } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT, type MessageKey } from "@/i18n";
import { money, percent, whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { DialogForm } from "@/ui/DialogForm";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";

import type { Figures, Goal } from "../guidesApi";
import { daysOf, useGoals, useRemoveGoal, useSetGoal } from "./teamApi";

const words: Record<Goal["measure"], MessageKey> = { sales: "guides.sales", orders: "guides.ordersCount", new_friends: "guides.newFriends", tasks: "guides.tasksDone" };

/** What is to be reached this month, and whether the pace is enough. */
export function Goals({ staff }: { staff: Figures[] }) {
  const t = useT();
  const { may } = useMember();
  const goals = useGoals();
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      title={t("guides.goals")}
      note={t("guides.goalsNote")}
      extra={may("guides.write") && <Button size="small" icon={<PlusOutlined />} onClick={() => { setAdding(true); }}>{t("guides.setGoal")}</Button>}
    >
      <Answered query={goals}>
        {(data) =>
          data.items.length === 0 ? (
            <p className="faint">{t("guides.noGoals")}</p>
          ) : (
            <ul className="stack">
              {data.items.map((each) => (
                <Line key={each.id} goal={each} />
              ))}
            </ul>
          )
        }
      </Answered>
      {adding && <GoalDialog staff={staff} onClose={() => { setAdding(false); }} />}
    </Panel>
  );
}

function Line({ goal }: { goal: Goal }) {
  const t = useT();
  const { may } = useMember();
  const remove = useRemoveGoal();
  const said = (amount: number) => (goal.measure === "sales" ? money(amount) : whole(amount));
  const who = goal.staff_id === 0 ? t("guides.wholeTeam") : goal.staff_name || `#${String(goal.staff_id)}`;
  const share = Math.min(goal.reached / goal.target, 1);
  const behind = goal.reached < goal.expected;
  return (
    <li className="stack close">
      <div className="row apart wrapping">
        <span>
          <span className="strong">{who}</span> {t(words[goal.measure])}
        </span>
        <span className="row">
          <span className="tabular">{t("guides.reachedOf", { reached: said(goal.reached), target: said(goal.target), share: percent(goal.reached / goal.target) })}</span>
          {may("guides.write") && <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t("guides.removeGoal", { who, measure: t(words[goal.measure]) })} loading={remove.isPending} onClick={() => { remove.mutate(goal.id); }} />}
        </span>
      </div>
      <div className="progress" role="progressbar" aria-label={`${who} ${t(words[goal.measure])}`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)}>
        <span style={{ width: percent(share) }} />
      </div>
      <span className={behind ? "small warn" : "small faint"}>{behind ? t("guides.behind", { n: said(goal.expected - goal.reached) }) : t("guides.onPace")}</span>
      <Refused error={remove.error} />
    </li>
  );
}

function GoalDialog({ staff, onClose }: { staff: Figures[]; onClose: () => void }) {
  const t = useT();
  const set = useSetGoal();
  return (
    <DialogForm<{ staff_id: number; measure: Goal["measure"]; target: number }>
      title={t("guides.setGoal")}
      initialValues={{ staff_id: 0, measure: "sales" }}
      busy={set.isPending}
      error={set.error}
      onClose={onClose}
      onFinish={({ staff_id, measure, target }) => {
        set.mutate({ staff_id, measure, month: daysOf("month").first, target: measure === "sales" ? Math.round(target * 100) : Math.round(target) }, { onSuccess: onClose });
      }}
    >
      <Form.Item name="staff_id" label={t("guides.who")}>
        <Select showSearch={{ optionFilterProp: "label" }} options={[{ value: 0, label: t("guides.wholeTeam") }, ...staff.map((each) => ({ value: each.staff_id, label: each.name }))]} />
      </Form.Item>
      <Form.Item name="measure" label={t("guides.measure")}>
        <Select options={(["sales", "orders", "new_friends", "tasks"] satisfies Goal["measure"][]).map((each) => ({ value: each, label: t(words[each]) }))} />
      </Form.Item>
      <Form.Item name="target" label={t("guides.target")} extra={t("guides.targetHint")} rules={[{ required: true, message: t("common.required") }]}>
        <InputNumber min={1} max={1_000_000_000} style={{ width: "100%" }} />
      </Form.Item>
    </DialogForm>
  );
}
