import { InputNumber, Switch } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Table, type Column } from "@/ui/Rows";
import { State, type Mood } from "@/ui/State";
import { When } from "@/ui/When";

import { useChangeStanding, type CodeDetail, type CodeStaff } from "./acquisitionApi";

const MOODS: Record<CodeStaff["why"], Mood> = { shown: "good", others_turn: "still", off_hours: "still", standby: "still", capped: "busy", account_capped: "busy", offline: "busy", restricted: "bad", no_account: "bad" };

/** Who is to be added now, and why the others are not; with a hand on who is online and how many a day. */
export function Receiving({ code }: { code: CodeDetail }) {
  const t = useT();
  const change = useChangeStanding();
  const on = code.staff.filter((each) => each.why === "shown").length;
  return (
    <Panel flush title={t("acquisition.receiving", { n: on })} note={code.shown_at ? <>{t("acquisition.shownAt")} <When at={code.shown_at} /></> : t("acquisition.notShown")}>
      <Table label={t("acquisition.receiving", { n: on })} rows={code.staff} columns={useColumns(change.mutate)} rowKey={(each) => each.staff_id} />
      <Refused error={change.error} />
    </Panel>
  );
}

type Change = (body: { staff_id: number; is_online: boolean; most: number | null; restricted_until: string | null }) => void;

function useColumns(onChange: Change): Column<CodeStaff>[] {
  const t = useT();
  const { may } = useMember();
  const writes = may("codes.write");
  return [
    {
      key: "name",
      title: t("acquisition.staff"),
      phone: "lead",
      render: (each) => (
        <span className="stack" style={{ gap: 0 }}>
          <span className="clip">{each.name}</span>
          {each.is_backup && <span className="small faint">{t("acquisition.backup")}</span>}
        </span>
      ),
    },
    {
      key: "why",
      title: t("acquisition.now"),
      width: "34%",
      render: (each) => (
        <span className="stack" style={{ gap: 0 }}>
          <State mood={MOODS[each.why]}>{t(`acquisition.why_${each.why}`)}</State>
          {each.reason !== "" && <span className="small faint wrap">{each.reason}</span>}
        </span>
      ),
    },
    { key: "today", title: t("acquisition.today"), width: 110, number: true, phone: "labelled", render: (each) => (each.cap === null ? whole(each.today) : `${whole(each.today)} / ${whole(each.cap)}`) },
    { key: "most", title: t("acquisition.mostEverywhere"), width: 130, phone: "labelled", render: (each) => (writes ? <Most staff={each} onChange={onChange} /> : each.most === null ? t("acquisition.noCap") : whole(each.most)) },
    {
      key: "online",
      title: t("acquisition.online"),
      width: 90,
      phone: "labelled",
      render: (each) => (
        <Switch size="small" aria-label={t("acquisition.onlineOf", { name: each.name })} checked={each.is_online} disabled={!writes} onChange={(is_online) => { onChange({ staff_id: each.staff_id, is_online, most: each.most, restricted_until: null }); }} />
      ),
    },
  ];
}

function Most({ staff, onChange }: { staff: CodeStaff; onChange: Change }) {
  const t = useT();
  const [most, setMost] = useState(staff.most);
  const keep = () => {
    if (most !== staff.most) onChange({ staff_id: staff.staff_id, is_online: staff.is_online, most, restricted_until: staff.restricted_until });
  };
  return <InputNumber size="small" aria-label={t("acquisition.mostOf", { name: staff.name })} min={1} max={10_000} precision={0} placeholder={t("acquisition.noCap")} value={most} onChange={setMost} onBlur={keep} onPressEnter={keep} style={{ width: 90 }} />;
}
