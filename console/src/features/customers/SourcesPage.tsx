import { Button, Checkbox } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { Notice } from "@/ui/Notice";
import { Ordered } from "@/ui/Ordered";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";

import "./customers.css";
import { isSameOrder, numbersOf, rankedBy, reordered, type Ranked } from "./ranking";
import { useSetSourceRanks, useSourceRanks, type SourceRank } from "./sourcesApi";

/** Whose word is shown where customers who became one were told of differently. */
export function SourcesPage() {
  const t = useT();
  const { may } = useMember();
  const ranks = useSourceRanks();
  const set = useSetSourceRanks();
  const mine = may("settings.write");
  return (
    <Page title={t("settings.sources")} answer={t("fields.sourcesAnswer")}>
      {!mine && <Notice>{t("settings.readOnly")}</Notice>}
      <Panel title={t("fields.sourcesOrder")} note={t("fields.sourcesNote")}>
        <Answered query={ranks}>{(found) => <Ranks key={found.map((each) => each.rank).join()} ranks={found} mine={mine} set={set} />}</Answered>
        {set.isSuccess && <p role="status" className="quiet" style={{ marginTop: 12 }}>{t("fields.sourcesSaved")}</p>}
      </Panel>
      <Panel title={t("fields.sourcesElse")}>
        <ul className="source-rules quiet">
          <li>{t("fields.sourcesAfter")}</li>
          <li>{t("fields.sourcesSince")}</li>
          <li>{t("fields.sourcesSingle")}</li>
        </ul>
      </Panel>
    </Page>
  );
}

interface RanksProps {
  ranks: SourceRank[];
  mine: boolean;
  set: ReturnType<typeof useSetSourceRanks>;
}

function Ranks({ ranks, mine, set }: RanksProps) {
  const t = useT();
  const kept = rankedBy(ranks, (each) => each.rank);
  const builtIn = rankedBy(ranks, (each) => each.built_in);
  const [order, setOrder] = useState(kept);
  const tie = (source: string, ties: boolean) => { setOrder(order.map((each) => (each.source === source ? { ...each, ties } : each))); };
  return (
    <div className="stack" style={{ maxWidth: 560 }}>
      <Ordered<Ranked> label={t("fields.sourcesOrder")} things={order} keyOf={(each) => each.source} nameOf={(each) => each.label} disabled={!mine} onOrder={(next) => { setOrder(reordered(next, order)); }}>
        {(each, place) => (
          <span className="row apart wrapping">
            <span>{each.label}</span>
            {place > 0 && (
              <Checkbox checked={each.ties} disabled={!mine} onChange={(event) => { tie(each.source, event.target.checked); }}>
                {t("fields.sourcesTie", { above: order[place - 1]?.label ?? "" })}
              </Checkbox>
            )}
          </span>
        )}
      </Ordered>
      <Refused error={set.error} />
      {mine && (
        <div className="row wrapping">
          <Button type="primary" disabled={isSameOrder(order, kept)} loading={set.isPending} onClick={() => { set.mutate(isSameOrder(order, builtIn) ? null : numbersOf(order)); }}>
            {t("common.save")}
          </Button>
          {!isSameOrder(order, builtIn) && <Button onClick={() => { setOrder(builtIn); }}>{t("fields.sourcesBuiltIn")}</Button>}
        </div>
      )}
    </div>
  );
}
