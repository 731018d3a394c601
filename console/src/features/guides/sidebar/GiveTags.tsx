import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Drawer } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Refused } from "@/ui/Refused";
import { SearchBox } from "@/ui/SearchBox";
import { TagChip } from "@/ui/TagChip";
import { useTagShade } from "@/ui/tagColours";
import { useDebounced } from "@/ui/useDebounced";

import { useGive, useTagsToGive, useTake, type InFront } from "../guidesApi";

/** Her tags; one tap gives one, one tap takes one. */
export function GiveTags({ person }: { person: InFront }) {
  const t = useT();
  const { may } = useMember();
  const shade = useTagShade();
  const [choosing, setChoosing] = useState(false);
  const take = useTake(person.id);
  return (
    <div className="row wrapping">
      {person.tags.map((each) => (
        <TagChip key={each.tag_id} colour={shade(each.colour)} title={each.group_name}>
          {each.name}
          {may("customers.write") && !each.is_kept && (
            <button type="button" className="plain-button" style={{ padding: "0 2px 0 6px" }} aria-label={t("guides.untag", { name: each.name })} onClick={() => { take.mutate(each.tag_id); }}>
              <CloseOutlined style={{ fontSize: 9 }} />
            </button>
          )}
        </TagChip>
      ))}
      {may("customers.write") && (
        <Button size="small" icon={<PlusOutlined />} onClick={() => { setChoosing(true); }}>
          {t("guides.tag")}
        </Button>
      )}
      <Refused error={take.error} />
      <Drawer placement="bottom" size="large" open={choosing} onClose={() => { setChoosing(false); }} title={t("guides.tag")} closable={{ "aria-label": t("common.close") }}>
        {choosing && <Choices person={person} />}
      </Drawer>
    </div>
  );
}

function Choices({ person }: { person: InFront }) {
  const t = useT();
  const shade = useTagShade();
  const [words, setWords] = useState("");
  const found = useTagsToGive(useDebounced(words.trim()));
  const give = useGive(person.id);
  const had = new Set(person.tags.map((each) => each.tag_id));
  const tags = (found.data?.items ?? []).filter((each) => !had.has(each.id));
  const groups = [...new Set(tags.map((each) => each.group_name))];
  return (
    <div className="stack">
      <SearchBox label={t("guides.findTag")} value={words} onSearch={setWords} style={{ width: "100%" }} />
      <Refused error={give.error ?? found.error} />
      {found.data && tags.length === 0 && <p className="faint">{t("guides.noTags")}</p>}
      {groups.map((group) => (
        <section key={group} aria-label={group} className="stack tight">
          <h3 className="small faint">{group}</h3>
          <div className="row wrapping">
            {tags.filter((each) => each.group_name === group).map((each) => (
              <Button key={each.id} size="small" loading={give.isPending && give.variables === each.id} onClick={() => { give.mutate(each.id); }}>
                <span aria-hidden style={{ width: 8, height: 8, borderRadius: "50%", background: shade(each.colour) }} />
                {each.name}
              </Button>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
