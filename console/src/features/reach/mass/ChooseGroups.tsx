import { Checkbox, InputNumber, Segmented, Select } from "antd";

import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { RowsMore } from "@/ui/RowsMore";
import { SearchBox } from "@/ui/SearchBox";
import { RowsSkeleton } from "@/ui/Skeleton";
import { useDebounced } from "@/ui/useDebounced";

import { useGroupOwners, useGroupsFound, type Among, type GroupFound } from "./massApi";

/** Which groups: all that match, or those ticked one by one. */
export interface Chosen {
  how: "matching" | "ticked";
  among: Among;
  ticked: ReadonlyMap<number, GroupFound>;
}

const HOW = ["matching", "ticked"] as const;

export function ChooseGroups({ chosen, onChange }: { chosen: Chosen; onChange: (chosen: Chosen) => void }) {
  const t = useT();
  const { among, how, ticked } = chosen;
  const owners = useGroupOwners();
  const asked = useDebounced(among, 250);
  const found = useGroupsFound({ q: asked.q.trim(), owner: asked.owners, least: asked.least, most: asked.most });
  const groups = itemsOf(found);
  const narrow = (part: Partial<Among>) => { onChange({ ...chosen, among: { ...among, ...part } }); };
  const tick = (group: GroupFound, on: boolean) => {
    const next = new Map(ticked);
    if (on) next.set(group.group, group);
    else next.delete(group.group);
    onChange({ ...chosen, ticked: next });
  };
  return (
    <Panel
      title={t("mass.whichGroups")}
      extra={<Segmented aria-label={t("mass.whichGroups")} value={how} options={HOW.map((each) => ({ value: each, label: t(`mass.groups_${each}`) }))} onChange={(next) => { onChange({ ...chosen, how: next }); }} />}
    >
      <div className="stack">
        <div className="filters">
          <SearchBox label={t("mass.findGroup")} placeholder={t("mass.findGroupHint")} value={among.q} onSearch={(q) => { narrow({ q }); }} />
          <Select<number[]>
            mode="multiple"
            maxCount={200}
            aria-label={t("mass.owner")}
            placeholder={t("mass.anyOwner")}
            style={{ minWidth: 180 }}
            maxTagCount="responsive"
            value={among.owners}
            loading={owners.isPending}
            showSearch={{ optionFilterProp: "label" }}
            options={(owners.data ?? []).map((each) => ({ value: each.staff, label: `${each.name} · ${t("mass.nGroups", { n: whole(each.groups) })}` }))}
            onChange={(picked) => { narrow({ owners: picked }); }}
          />
          <span className="row">
            <InputNumber aria-label={t("mass.least")} placeholder={t("mass.least")} min={0} max={100_000} precision={0} value={among.least} onChange={(least) => { narrow({ least }); }} style={{ width: 104 }} />
            <span className="faint">–</span>
            <InputNumber aria-label={t("mass.mostPeople")} placeholder={t("mass.mostPeople")} min={0} max={100_000} precision={0} value={among.most} onChange={(most) => { narrow({ most }); }} style={{ width: 104 }} />
          </span>
        </div>
        <Refused error={owners.error ?? found.error} onRetry={() => void found.refetch()} />
        <div className="groups-found" role="region" aria-label={t("mass.groups")} tabIndex={0}>
          {found.isPending && <RowsSkeleton />}
          {found.data && groups.length === 0 && <p className="faint">{t("mass.noGroups")}</p>}
          <ul>
            {groups.map((each) => (
              <li key={each.group} className="row apart">
                {how === "ticked" ? <Checkbox checked={ticked.has(each.group)} onChange={(event) => { tick(each, event.target.checked); }}>{each.name}</Checkbox> : <span className="clip">{each.name}</span>}
                <span className="small faint tabular">
                  {each.staff_name || t("mass.noOwner")} · {t("common.people", { n: whole(each.people) })}
                </span>
              </li>
            ))}
          </ul>
          {groups.length > 0 && <RowsMore query={found} shown={groups.length} />}
        </div>
        <p className="small faint" aria-live="polite">
          {how === "ticked" ? t("mass.tickedN", { n: whole(ticked.size) }) : t("mass.matchingHint")}
        </p>
      </div>
    </Panel>
  );
}
