import { useT } from "@/i18n";

import type { Leaf, MomentNode } from "../condition";
import { EventTypes, EventWhere } from "./EventsInput";
import { Pick } from "./Pick";
import { TestInput } from "./TestInput";

/** 最近一次 下单 已满 30 天 */
export function MomentLeaf({ leaf, onChange }: { leaf: MomentNode; onChange: (leaf: Leaf) => void }) {
  const t = useT();
  return (
    <>
      <Pick
        label={t("builder.kindMoment")}
        value={leaf.which}
        options={[
          { value: "first", label: t("builder.first") },
          { value: "last", label: t("builder.lastTime") },
        ]}
        onPick={(which) => { onChange({ ...leaf, which }); }}
      />
      <EventTypes events={leaf} onChange={(events) => { onChange({ ...leaf, ...events }); }} />
      <TestInput
        field={{ kind: "time", choices: [] }}
        test={leaf}
        onChange={({ op, value }) => {
          const { op: _op, value: _value, ...rest } = leaf;
          onChange({ ...rest, ...(op === undefined ? {} : { op }), ...(value === undefined ? {} : { value }) });
        }}
      />
      <EventWhere events={leaf} onChange={(events) => { onChange({ ...leaf, ...events }); }} />
    </>
  );
}
