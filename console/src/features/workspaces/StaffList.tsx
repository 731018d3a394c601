import { Button } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { listed } from "@/i18n/format";
import { Avatar } from "@/ui/Avatar";
import { Empty } from "@/ui/Empty";
import { Rows, type Column } from "@/ui/Rows";
import { SearchBox } from "@/ui/SearchBox";
import { useDebounced } from "@/ui/useDebounced";

import type { Place } from "./OrgTree";
import { storesOf } from "./orgWords";
import { useStaff, useTree } from "./settingsApi";
import { StaffDialog } from "./StaffDialog";

type StaffRow = components["schemas"]["StaffOut"];

/** Who works in the chosen place, and below it. */
export function StaffList({ place }: { place: Place }) {
  const t = useT();
  const [words, setWords] = useState("");
  const [editing, setEditing] = useState<StaffRow | null>(null);
  const staff = useStaff({ q: useDebounced(words.trim()), department_id: place.department, store_id: place.store });
  return (
    <>
      <div style={{ padding: "12px 16px 4px" }}>
        <SearchBox label={t("settings.staffSearch")} value={words} onSearch={setWords} />
      </div>
      <Rows label={t("settings.staff")} query={staff} columns={useColumns(setEditing)} rowKey={(each) => each.id} empty={<Empty title={words ? t("shell.findNothing", { words }) : t("settings.staffEmpty")} hint={words ? undefined : t("settings.orgEmptyHint")} />} />
      {editing && <StaffDialog staff={editing} place={place} onClose={() => { setEditing(null); }} />}
    </>
  );
}

function useColumns(onEdit: (staff: StaffRow) => void): Column<StaffRow>[] {
  const t = useT();
  const { may } = useMember();
  const names = new Map(storesOf(useTree().data).map((each) => [each.value, each.label]));
  return [
    {
      key: "name",
      title: t("settings.memberName"),
      phone: "lead",
      render: (each) => (
        <span className="person">
          <Avatar name={each.name} seed={each.id} />
          <span className="clip">{each.name}</span>
          {!each.is_active && <span className="chip">{t("settings.inactive")}</span>}
        </span>
      ),
    },
    { key: "code", title: t("settings.staffCode"), width: 100, render: (each) => <code>{each.code}</code> },
    { key: "stores", title: t("settings.store"), width: "32%", render: (each) => <span className="clip" style={{ display: "block" }}>{listed(each.store_ids.map((id) => names.get(id) ?? `#${String(id)}`))}</span> },
    {
      key: "edit",
      title: "",
      width: 76,
      number: true,
      render: (each) =>
        may("staff.write") ? (
          <Button size="small" onClick={() => { onEdit(each); }} aria-label={`${t("common.edit")}: ${each.name}`}>
            {t("common.edit")}
          </Button>
        ) : null,
    },
  ];
}
