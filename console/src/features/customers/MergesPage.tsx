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
import { useConflicts, useDecide, useMergePreview, useMerges, type Conflict } from "./personApi";
import { UndoMerge } from "./UndoMerge";
import { useKindWords } from "./useKindWords";

const states = ["pending", "accepted", "rejected"] as const;
const nothing = { pending: "customers.conflictsEmpty", accepted: "customers.conflictsNoneMerged", rejected: "customers.conflictsNoneParted" } as const;

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
      {conflicts.data && all.length === 0 && <Panel><Empty title={t(nothing[state])} hint={t("customers.conflictsEmptyHint")} /></Panel>}
      {all.map((each) => (
        <Question key={each.id} conflict={each} />
      ))}
      {all.length > 0 && <RowsMore query={conflicts} shown={all.length} />}
    </Page>
  );
}

function Question({ conflict }: { conflict: Conflict }) {
  return (
    <Panel>
      <div className="stack">
        <div className="row apart wrapping">
          <span>{useWhy(conflict)}</span>
          <span className="small faint"><When at={conflict.decided_at ?? conflict.at} /></span>
        </div>
        {conflict.state === "accepted" ? (
          <AsOne conflict={conflict} />
        ) : (
          <div className="pair">
            <Side id={conflict.first_id} disputed={conflict.disputed} />
            <Side id={conflict.second_id} disputed={conflict.disputed} />
          </div>
        )}
        {conflict.state === "pending" && <Answers conflict={conflict} />}
      </div>
    </Panel>
  );
}

function useWhy({ shared, disputed }: Conflict): string {
  const t = useT();
  const say = useKindWords();
  return disputed ? t("customers.conflictWhy", { shared: say(shared), disputed: say(disputed) }) : t("customers.conflictParted");
}

function Answers({ conflict }: { conflict: Conflict }) {
  const t = useT();
  const { may } = useMember();
  const [asking, setAsking] = useState(false);
  const decide = useDecide(conflict.id);
  const preview = useMergePreview(conflict.first_id, asking ? conflict.second_id : null);
  if (!may("customers.merge")) return null;
  return (
    <>
      <div className="row wrapping">
        <Button type="primary" onClick={() => { setAsking(true); }}>
          {t("customers.conflictSame")}
        </Button>
        <Button loading={decide.isPending && decide.variables === false} onClick={() => { decide.mutate(false); }}>
          {t("customers.conflictDifferent")}
        </Button>
      </div>
      <Refused error={asking ? null : decide.error} />
      <Consequence open={asking} title={t("customers.conflictSameTitle")} act={t("customers.conflictSame")} busy={decide.isPending} error={decide.error} onAct={() => { decide.mutate(true, { onSuccess: () => { setAsking(false); } }); }} onClose={() => { setAsking(false); }}>
        <Refused error={preview.error} />
        {preview.data ? <MergeComparison plan={preview.data} /> : !preview.error && <BlockSkeleton />}
      </Consequence>
    </>
  );
}

/** The two are one by now; the way back stands beside them. */
function AsOne({ conflict }: { conflict: Conflict }) {
  const t = useT();
  const { may } = useMember();
  const [undoing, setUndoing] = useState(false);
  const two = [conflict.first_id, conflict.second_id];
  const merge = itemsOf(useMerges(conflict.first_id)).find((each) => !each.undone_at && two.includes(each.winner_id) && two.includes(each.loser_id));
  return (
    <div className="row apart wrapping">
      <Side id={conflict.first_id} />
      {merge && may("customers.merge") && <Button onClick={() => { setUndoing(true); }}>{t("customers.undo")}</Button>}
      {merge && undoing && <UndoMerge merge={merge} onClose={() => { setUndoing(false); }} />}
    </div>
  );
}

/** Who it is; of many identities first the one in question. */
function Side({ id, disputed = "" }: { id: number; disputed?: string }) {
  const { path } = useMember();
  const customer = useCustomer(id);
  const name = customer.data?.attributes["name"];
  const identities = [...(customer.data?.identities ?? [])].sort((one, other) => Number(other.name === disputed) - Number(one.name === disputed));
  return (
    <div className="stack tight">
      <Person id={id} name={typeof name === "string" ? name : null} note={identities.map((each) => each.value).slice(0, 3).join(" · ")} to={path(`customers/${String(id)}`)} />
      {!customer.data && !customer.error && <BlockSkeleton lines={2} />}
    </div>
  );
}
