import { ExperimentOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";

import "../journeys.css";
import { type Journey } from "../journeysApi";
import { OneJourney } from "../OneJourney";
import { useEffectOf } from "./effectApi";
import { EffectReport, useVerdict } from "./EffectReport";

/** What a journey changed. */
export function EffectPage() {
  return <OneJourney>{(found) => <Inside key={found.id} journey={found} />}</OneJourney>;
}

function Inside({ journey }: { journey: Journey }) {
  const t = useT();
  const { path } = useMember();
  const begun = journey.state !== "draft";
  const effect = useEffectOf(journey.id, begun);
  const verdict = useVerdict();
  const canvas = path(`journeys/${String(journey.id)}`);
  return (
    <Page title={t("effect.title", { name: journey.name })} back={{ to: canvas, label: t("effect.back") }} answer={effect.data ? verdict(effect.data) : undefined}>
      {!begun && (
        <Panel>
          <Empty title={t("effect.draft")} hint={t("effect.draftHint")} icon={<ExperimentOutlined />}>
            <Link to={`${canvas}/dry-run`}>
              <Button tabIndex={-1}>{t("dryRun.open")}</Button>
            </Link>
          </Empty>
        </Panel>
      )}
      {begun && !effect.data && (effect.error ? <Refused error={effect.error} onRetry={() => void effect.refetch()} /> : <Panel><BlockSkeleton lines={8} /></Panel>)}
      {effect.data && <EffectReport journey={journey} effect={effect.data} />}
    </Page>
  );
}
