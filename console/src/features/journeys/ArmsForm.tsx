import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input, InputNumber } from "antd";

import { useT } from "@/i18n";

import { ConditionInput } from "./ConditionInput";
import { isObject, text, type GraphNode, type JsonObject } from "./graph";

const LETTERS = "ABCDEFGHIJKLMNOPQRST";

/** The arms of a branch, each with its condition; or the ways of a split, each with its share. */
export function ArmsForm({ node, onChange }: { node: GraphNode; onChange: (node: GraphNode) => void }) {
  const t = useT();
  const arms = Array.isArray(node["arms"]) ? node["arms"].filter(isObject) : [];
  const splits = node.kind === "split";
  const set = (place: number, changes: JsonObject) => { onChange({ ...node, arms: arms.map((each, at) => (at === place ? { ...each, ...changes } : each)) }); };
  const free = [...LETTERS].find((letter) => !arms.some((arm) => arm["name"] === letter)) ?? "Z";
  return (
    <>
      {arms.map((arm, place) => (
        <div key={place} className="node-arm">
          <div className="row">
            <Input aria-label={t("journeys.armName")} placeholder={t("journeys.armN", { n: place + 1 })} maxLength={40} value={text(arm["name"])} onChange={(event) => { set(place, { name: event.target.value }); }} />
            {splits && <InputNumber aria-label={t("journeys.weight")} min={0} max={10_000} precision={0} value={typeof arm["weight"] === "number" ? arm["weight"] : 1} onChange={(weight) => { set(place, { weight: weight ?? 0 }); }} style={{ width: 80 }} />}
            {arms.length > (splits ? 2 : 1) && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("common.remove")} onClick={() => { onChange({ ...node, arms: arms.filter((_, at) => at !== place) }); }} />}
          </div>
          {!splits && !arm["where"] && <ConditionInput label={t("journeys.when")} at={`arms[${String(place)}]`} value={arm["when"]} onChange={(when) => { set(place, { when }); }} />}
        </div>
      ))}
      <Button icon={<PlusOutlined />} onClick={() => { onChange({ ...node, arms: [...arms, splits ? { name: free, weight: 1 } : {}] }); }}>
        {t(splits ? "journeys.addWay" : "journeys.addArm")}
      </Button>
      {splits && (
        <Checkbox checked={node["best"] === true} onChange={(event) => { onChange({ ...node, best: event.target.checked }); }}>
          {t("journeys.best")}
        </Checkbox>
      )}
      <p className="small faint">{t(splits ? "journeys.splitHint" : "journeys.branchHint")}</p>
    </>
  );
}
