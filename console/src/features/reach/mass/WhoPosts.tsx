import { Select } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { useDebounced } from "@/ui/useDebounced";

import { useActiveCorps, useCorpTags, useOrgUnits, useStaffNamed } from "./massApi";

/** Who publishes, and who of their customers sees it. */
export interface Aim {
  corp_id: number | null;
  staff: number[];
  departments: number[];
  stores: number[];
  tags: number[];
}

interface Option {
  value: string;
  label: string;
}

/** Staff, departments and stores in one field: whoever is named publishes; nobody named: everybody. */
export function WhoPosts({ aim, onChange }: { aim: Aim; onChange: (aim: Aim) => void }) {
  const t = useT();
  const { may } = useMember();
  const [words, setWords] = useState("");
  const [named, setNamed] = useState<Option[]>([]);
  const staff = useStaffNamed(useDebounced(words.trim(), 200));
  const units = useOrgUnits();
  const corps = useActiveCorps(may("wecom.read"));
  const active = (corps.data?.items ?? []).filter((each) => each.state === "active");
  const corp = aim.corp_id ?? active[0]?.id ?? null;
  const tags = useCorpTags(may("wecom.read") ? corp : null);
  const q = words.trim().toLowerCase();
  const fits = (name: string) => q === "" || name.toLowerCase().includes(q);
  const options = [
    { label: t("mass.stores"), options: (units.data?.stores ?? []).filter((each) => each.is_active && fits(each.name)).map((each) => ({ value: `s${String(each.id)}`, label: each.name })) },
    { label: t("mass.departments"), options: (units.data?.departments ?? []).filter((each) => fits(each.name)).map((each) => ({ value: `d${String(each.id)}`, label: each.name })) },
    { label: t("mass.staff"), options: (staff.data ?? []).map((each) => ({ value: `p${String(each.id)}`, label: each.name })) },
  ].filter((each) => each.options.length > 0);
  const choose = (picked: Option[]) => {
    setNamed(picked);
    const of = (letter: string) => picked.filter((each) => each.value.startsWith(letter)).map((each) => Number(each.value.slice(1)));
    onChange({ ...aim, staff: of("p"), departments: of("d"), stores: of("s") });
  };
  return (
    <Panel title={t("mass.whoPosts")}>
      <div className="stack">
        {active.length > 1 && (
          <label className="written">
            <span className="small quiet">{t("mass.corp")}</span>
            <Select<number> aria-label={t("mass.corp")} {...(corp === null ? {} : { value: corp })} options={active.map((each) => ({ value: each.id, label: each.name }))} onChange={(corp_id) => { onChange({ ...aim, corp_id, tags: [] }); }} />
          </label>
        )}
        <div className="written">
          <span className="small quiet">{t("mass.publishers")}</span>
          <Select<Option[]>
            mode="multiple"
            labelInValue
            aria-label={t("mass.publishers")}
            placeholder={t("mass.everybodyPosts")}
            value={named}
            showSearch={{ filterOption: false, searchValue: words, onSearch: setWords }}
            options={options}
            loading={staff.isFetching}
            onChange={(picked) => { setWords(""); choose(picked); }}
          />
          <Refused error={staff.error ?? units.error} />
        </div>
        <div className="written">
          <span className="small quiet">{t("mass.whoSees")}</span>
          <Select<number[]>
            mode="multiple"
            aria-label={t("mass.whoSees")}
            placeholder={t("mass.everybodySees")}
            value={aim.tags}
            loading={tags.isFetching}
            showSearch={{ optionFilterProp: "label" }}
            options={(tags.data ?? []).map((each) => ({ value: each.tag_id, label: `${each.group_name} · ${each.name}` }))}
            notFoundContent={<span className="faint">{t("mass.noCorpTags")}</span>}
            onChange={(picked) => { onChange({ ...aim, tags: picked }); }}
          />
          <span className="small faint">{t("mass.whoSeesHint")}</span>
        </div>
      </div>
    </Panel>
  );
}
