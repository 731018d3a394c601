import type { ReactNode } from "react";
import { useParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { AnsweredPage } from "@/ui/AnsweredPage";

import { useJourney, type Journey } from "./journeysApi";

/** The journey whose number stands in the address, for a page about it; with its way back while it loads or is not there. */
export function OneJourney({ children }: { children: (journey: Journey) => ReactNode }) {
  const t = useT();
  const { path } = useMember();
  const journey = useJourney(Number(useParams()["journeyId"]));
  return (
    <AnsweredPage query={journey} back={{ to: path("journeys"), label: t("journeys.title") }}>
      {children}
    </AnsweredPage>
  );
}
