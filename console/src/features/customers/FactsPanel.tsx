import { Button, Tooltip } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { minute } from "@/i18n/format";
import { Facts } from "@/ui/Facts";
import { Panel } from "@/ui/Panel";

import { useAttributes, type Customer } from "./customersApi";
import { EditFacts } from "./EditFacts";
import { useSourceWords } from "./useSourceWords";
import { useValueWords } from "./useValueWords";

/** What is known of a customer, and who said it. */
export function FactsPanel({ customer }: { customer: Customer }) {
  const t = useT();
  const { may } = useMember();
  const words = useAttributes();
  const [editing, setEditing] = useState(false);
  const sayValue = useValueWords();
  const saySource = useSourceWords();
  const known = (words.data?.items ?? []).filter((each) => has(customer.attributes[each.name]));
  return (
    <Panel
      title={t("customers.facts")}
      extra={
        may("customers.write") && words.data && (
          <Button size="small" type="text" onClick={() => { setEditing(true); }}>
            {t("common.edit")}
          </Button>
        )
      }
    >
      {known.length === 0 ? (
        <p className="faint">{t("customers.noFacts")}</p>
      ) : (
        <Facts
          items={known.map((each) => {
            const told = customer.told[each.name];
            const value = <span>{sayValue(each, customer.attributes[each.name])}</span>;
            return { label: each.label, value: told ? <Tooltip title={t("customers.toldBy", { source: saySource(told.source), at: minute(told.at) })}>{value}</Tooltip> : value };
          })}
        />
      )}
      {editing && <EditFacts customer={customer} words={words.data?.items ?? []} onClose={() => { setEditing(false); }} />}
    </Panel>
  );
}

function has(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}
