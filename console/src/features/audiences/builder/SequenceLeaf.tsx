import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox } from "antd";

import { useT } from "@/i18n";

import { replaced, without, type Leaf, type SequenceNode, type Span } from "../condition";
import { EventTypes, EventWhere } from "./EventsInput";
import { SpanInput } from "./SpanInput";
import { WindowInput } from "./WindowInput";

const WEEK: Span = { amount: 7, unit: "day" };

/** 近 30 天 先 浏览 后 加购，每步相隔不超过 7 天，之后 3 天没有 支付 */
export function SequenceLeaf({ leaf, onChange }: { leaf: SequenceNode; onChange: (leaf: Leaf) => void }) {
  const t = useT();
  const { within, without: never, ...rest } = leaf;
  const least = never ? 1 : 2;
  return (
    <>
      <WindowInput value={leaf.window} onChange={(window) => { onChange({ ...leaf, window }); }} />
      {leaf.steps.map((step, place) => (
        <div key={place} className="leaf-line leaf-sub">
          <span className="leaf-kind">{t("builder.step", { n: place + 1 })}</span>
          <EventTypes events={step} onChange={(next) => { onChange({ ...leaf, steps: replaced(leaf.steps, place, next) }); }} />
          {leaf.steps.length > least && (
            <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t("builder.remove")} onClick={() => { onChange({ ...leaf, steps: without(leaf.steps, place) }); }} />
          )}
          <EventWhere events={step} onChange={(next) => { onChange({ ...leaf, steps: replaced(leaf.steps, place, next) }); }} />
        </div>
      ))}
      <div className="leaf-line">
        {leaf.steps.length < 8 && (
          <Button type="text" size="small" icon={<PlusOutlined />} onClick={() => { onChange({ ...leaf, steps: [...leaf.steps, { types: [] }] }); }}>
            {t("builder.addStep")}
          </Button>
        )}
        <Checkbox checked={within !== undefined} onChange={(event) => { onChange(event.target.checked ? { ...leaf, within: WEEK } : { ...rest, ...(never ? { without: never } : {}) }); }}>
          {t("builder.withinGap")}
        </Checkbox>
        {within && <SpanInput label={t("builder.withinGap")} value={within} exact onChange={(next) => { onChange({ ...leaf, within: next }); }} />}
      </div>
      <div className="leaf-line">
        <Checkbox checked={never !== undefined} onChange={(event) => { onChange(event.target.checked ? { ...leaf, without: { types: [], within: WEEK } } : { ...rest, ...(within ? { within } : {}) }); }}>
          {t("builder.withoutAfter")}
        </Checkbox>
        {never && (
          <>
            <EventTypes events={never} onChange={(next) => { onChange({ ...leaf, without: { ...never, ...next } }); }} />
            <SpanInput label={t("builder.withinAfter")} value={never.within} exact onChange={(next) => { onChange({ ...leaf, without: { ...never, within: next } }); }} />
            <span>{t("builder.withinAfter")}</span>
          </>
        )}
      </div>
    </>
  );
}
