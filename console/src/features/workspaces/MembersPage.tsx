import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";

import { itemsOf } from "@/api/pages";
import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { Avatar } from "@/ui/Avatar";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { SearchBox } from "@/ui/SearchBox";
import { State } from "@/ui/State";
import { useDebounced } from "@/ui/useDebounced";

import { MemberActions } from "./MemberActions";
import { MemberDialog } from "./MemberDialog";
import { scopeWords } from "./scopeWords";
import { useMembers } from "./settingsApi";
import { useRoleLabel } from "./useRoleLabel";

type MemberRow = components["schemas"]["MemberOut"];

/** Who can come in, as what, and whose customers they see. */
export function MembersPage() {
  const t = useT();
  const [words, setWords] = useState("");
  const members = useMembers(useDebounced(words.trim()));
  const [adding, setAdding] = useState(false);
  const all = itemsOf(members).filter((each) => each.is_active);
  const owners = all.filter((each) => each.role === "owner").length;
  return (
    <Page
      title={t("settings.members")}
      answer={members.data && !words ? t("settings.membersAnswer", { n: all.length, owners }) : undefined}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => { setAdding(true); }}>
          {t("settings.addMember")}
        </Button>
      }
    >
      <div className="filters">
        <SearchBox label={t("settings.membersSearch")} value={words} onSearch={setWords} />
      </div>
      <Panel flush>
        <Rows label={t("settings.members")} query={members} columns={useColumns()} rowKey={(each) => each.id} empty={<Empty title={t("shell.findNothing", { words })} />} />
      </Panel>
      <MemberDialog open={adding} onClose={() => { setAdding(false); }} />
    </Page>
  );
}

function useColumns(): Column<MemberRow>[] {
  const t = useT();
  const labelOf = useRoleLabel();
  return [
    {
      key: "name",
      title: t("settings.memberName"),
      phone: "lead",
      render: (each) => (
        <span className="person">
          <Avatar name={each.name} seed={each.user_id} />
          <span className="grow">
            <span className="clip" style={{ display: "block" }}>{each.name}</span>
            <span className="clip small faint" style={{ display: "block" }}>{each.email}</span>
          </span>
        </span>
      ),
    },
    { key: "role", title: t("settings.memberRole"), width: 130, render: (each) => labelOf(each.role) },
    { key: "scope", title: t("settings.memberScope"), width: 150, render: (each) => t(scopeWords[each.scope]) },
    { key: "factor", title: t("account.factorTitle"), width: 120, phone: "labelled", render: (each) => (each.has_second_factor ? t("account.factorOnShort") : <span className="faint">{t("account.factorOffShort")}</span>) },
    { key: "state", title: t("common.status"), width: 110, render: (each) => <State mood={each.is_active ? "good" : "still"}>{each.is_active ? t("settings.memberActive") : t("settings.memberInactive")}</State> },
    { key: "actions", title: "", width: 60, number: true, render: (each) => <MemberActions member={each} /> },
  ];
}
