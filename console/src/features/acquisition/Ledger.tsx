import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { money } from "@/i18n/format";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Rows, type Column } from "@/ui/Rows";

import { useCosts, useStrikeCost, type Cost } from "./acquisitionApi";
import { CostDialog } from "./CostDialog";

/** What was spent, the newest day first; what was struck out stays to be seen. */
export function Ledger({ channel, code }: { channel: number; code: number | null }) {
  const t = useT();
  const { may } = useMember();
  const [entering, setEntering] = useState(false);
  const costs = useCosts(channel, code);
  const strike = useStrikeCost(channel);
  const columns = useColumns(code === null, may("codes.write") ? strike.mutate : null);
  return (
    <Panel
      flush
      title={t("acquisition.ledger")}
      note={t(code === null ? "acquisition.ledgerNote" : "acquisition.ledgerOfCode")}
      extra={
        may("codes.write") && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => { setEntering(true); }}>
            {t("acquisition.enterCost")}
          </Button>
        )
      }
    >
      <Rows label={t("acquisition.ledger")} query={costs} columns={columns} rowKey={(each) => each.id} empty={<p className="faint" style={{ padding: 16 }}>{t("acquisition.noCosts")}</p>} />
      <Refused error={strike.error} />
      {entering && <CostDialog channel={channel} code={code} onClose={() => { setEntering(false); }} />}
    </Panel>
  );
}

function useColumns(withCode: boolean, onStrike: ((cost: number) => void) | null): Column<Cost>[] {
  const t = useT();
  return [
    { key: "day", title: t("acquisition.spentOn"), width: 120, phone: "lead", render: (each) => <span className={each.struck_at ? "tabular faint" : "tabular"}>{each.spent_on}</span> },
    { key: "note", title: t("acquisition.note"), render: (each) => [withCode ? each.code : "", each.note].filter(Boolean).join(" · ") },
    { key: "amount", title: t("acquisition.amount"), width: 130, number: true, render: (each) => (each.struck_at ? <s className="faint">{money(each.amount_fen)}</s> : money(each.amount_fen)) },
    {
      key: "acts",
      title: "",
      width: 90,
      render: (each) =>
        each.struck_at ? (
          <span className="small faint">{t("acquisition.struck")}</span>
        ) : onStrike ? (
          <Button size="small" type="text" onClick={() => { onStrike(each.id); }}>
            {t("acquisition.strike")}
          </Button>
        ) : null,
    },
  ];
}
