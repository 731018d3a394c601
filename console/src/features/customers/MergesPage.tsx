import { Button, Segmented } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { Consequence } from "@/ui/Consequence";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Person } from "@/ui/Person";
import { Refused } from "@/ui/Refused";
import { RowsMore } from "@/ui/RowsMore";
import { BlockSkeleton } from "@/ui/Skeleton";
import { When } from "@/ui/When";

import "./customers.css";
import { useCustomer } from "./customersApi";
import { MergeComparison } from "./MergeComparison";
import { useConflicts, useDecide, useMergePreview, type Conflict } from "./personApi";

const states = ["pending", "accepted", "rejected"] as const;

/** Two customers who may be one: a person decides. */
export function MergesPage() {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const state = states.find((each) => each === search.get("state")) ?? "pending";
  const conflicts = useConflicts(state);
  const all = itemsOf(conflicts);
  return (
    <Page title={t("customers.conflicts")} answer={t("customers.conflictsAnswer")}>
      <div className="filters">
        <Segmented
          value={state}
          options={[
            { value: "pending", label: t("customers.conflictPending") },
            { value: "accepted", label: t("customers.conflictAccepted") },
            { value: "rejected", label: t("customers.conflictRejected") },
          ]}
          onChange={(value) => { setSearch(value === "pending" ? {} : { state: value }, { replace: true }); }}
        />
      </div>
      {conflicts.isPending && <Panel><BlockSkeleton /></Panel>}
      {!conflicts.data && <Refused error={conflicts.error} onRetry={() => void conflicts.refetch()} />}
      {conflicts.data && all.length === 0 && <Panel><Empty title={t("customers.conflictsEmpty")} hint={t("customers.conflictsEmptyHint")} /></Panel>}
      {all.map((each) => (
        <Question key={each.id} conflict={each} />
      ))}
      {all.length > 0 && <RowsMore query={conflicts} shown={all.length} />}
    </Page>
  );
}

function Question({ conflict }: { conflict: Conflict }) {
  const t = useT();
  const { may } = useMember();
  const [asking, setAsking] = useState(false);
  const decide = useDecide(conflict.id);
  const preview = useMergePreview(conflict.first_id, asking ? conflict.second_id : null);
  return (
    <Panel>
      <div className="stack">
        <div className="row apart wrapping">
          <span>{t("customers.conflictWhy", { shared: conflict.shared, disputed: conflict.disputed })}</span>
          <span className="small faint"><When at={conflict.at} /></span>
        </div>
        <div className="pair">
          <Side id={conflict.first_id} />
          <Side id={conflict.second_id} />
        </div>
        {conflict.state === "pending" && may("customers.merge") && (
          <div className="row wrapping">
            <Button type="primary" onClick={() => { setAsking(true); }}>
              {t("customers.conflictSame")}
            </Button>
            <Button loading={decide.isPending && decide.variables === false} onClick={() => { decide.mutate(false); }}>
              {t("customers.conflictDifferent")}
            </Button>
          </div>
        )}
        <Refused error={asking ? null : decide.error} />
      </div>
      <Consequence open={asking} title={t("customers.conflictSameTitle")} act={t("customers.conflictSame")} busy={decide.isPending} error={decide.error} onAct={() => { decide.mutate(true, { onSuccess: () => { setAsking(false); } }); }} onClose={() => { setAsking(false); }}>
        <Refused error={preview.error} />
        {preview.data ? <MergeComparison plan={preview.data} /> : !preview.error && <BlockSkeleton />}
      </Consequence>
    </Panel>
  );
}

function Side({ id }: { id: number }) {
  const { path } = useMember();
  const customer = useCustomer(id);
  const name = customer.data?.attributes["name"];
  return (
    <div className="stack tight">
      <Person id={id} name={typeof name === "string" ? name : null} note={customer.data?.identities.map((each) => each.value).slice(0, 3).join(" · ")} to={path(`customers/${String(id)}`)} />
      {!customer.data && !customer.error && <BlockSkeleton lines={2} />}
    </div>
  );
}
