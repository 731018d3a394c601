import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Page } from "@/ui/Page";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";

import { readGraph } from "../graph";
import "../journeys.css";
import { useLibrary, type Ready } from "./libraryApi";
import "./library.css";
import { Strip } from "./Strip";

/** Journeys others run already, to begin from. */
export function LibraryPage() {
  const t = useT();
  const { path } = useMember();
  const library = useLibrary();
  return (
    <Page title={t("faces.library")} answer={library.data ? t("faces.libraryAnswer", { n: library.data.length }) : undefined} back={{ to: path("journeys"), label: t("journeys.title") }}>
      <Refused error={library.error} onRetry={() => void library.refetch()} />
      <ul className="library">
        {library.isPending && Array.from({ length: 6 }, (_, place) => <li key={place} className="panel ready"><BlockSkeleton lines={5} /></li>)}
        {library.data?.map((each) => <li key={each.name}><Card ready={each} /></li>)}
      </ul>
    </Page>
  );
}

function Card({ ready }: { ready: Ready }) {
  const t = useT();
  const { path } = useMember();
  return (
    <Link className="panel ready" to={path(`journeys/library/${ready.name}`)} aria-label={ready.title}>
      <span className="ready-picture"><Strip graph={readGraph(ready.graph)} /></span>
      <h2>{ready.title}</h2>
      <p className="quiet">{ready.about}</p>
      <p className="small faint ready-who">{t("faces.readyWho", { who: ready.when })}</p>
      <p className="small faint">{[t("faces.readyMessages", { n: ready.copies.length }), ready.holdout > 0 && t("faces.readyHoldout", { n: ready.holdout })].filter(Boolean).join(" · ")}</p>
    </Link>
  );
}
