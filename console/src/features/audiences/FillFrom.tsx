import { Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";

import type { Audience } from "./audiencesApi";
import { numbered } from "./builder/shapes";
import { thoseIn } from "./fillApi";
import { FillDialog } from "./FillDialog";
import { useWords } from "./sentenceApi";

/** A list is filled with those in an audience, or by a condition that is built on a page of its own. */
export function FillFrom({ list, onClose }: { list: Audience; onClose: () => void }) {
  const t = useT();
  const { path } = useMember();
  const words = useWords();
  const [audience, setAudience] = useState<number | null>(null);
  return (
    <FillDialog list={list} condition={audience === null ? null : thoseIn(audience)} onDone={onClose} onClose={onClose}>
      <div className="stack close">
        <Select
          aria-label={t("audiences.fillFrom")}
          placeholder={t("audiences.fillFrom")}
          value={audience}
          loading={words.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={(words.data?.audiences ?? []).filter((each) => each.id !== list.id).map(numbered)}
          onChange={setAudience}
        />
        <Link to={path(`audiences/new?fill=${String(list.id)}`)} className="small">
          {t("audiences.fillByCondition")}
        </Link>
      </div>
    </FillDialog>
  );
}
