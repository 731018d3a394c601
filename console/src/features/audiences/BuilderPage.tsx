import { useParams, useSearchParams } from "react-router";

import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { PageSkeleton } from "@/ui/Skeleton";

import { useAudience } from "./audiencesApi";
import { Builder } from "./Builder";
import { asGroup, everyone, isCondition } from "./condition";

/** A new audience, or the conditions of one. A sentence in the address is where it begins. */
export function BuilderPage() {
  const t = useT();
  const { audienceId } = useParams();
  const [search] = useSearchParams();
  const id = Number(audienceId);
  const audience = useAudience(id, audienceId !== undefined);
  if (audienceId === undefined) return <Builder key={search.get("sentence")} title={t("audiences.newTitle")} first={everyone} sentence={search.get("sentence") ?? ""} />;
  return (
    <Answered query={audience} skeleton={<PageSkeleton />}>
      {(found) => <Builder title={t("audiences.editTitle", { name: found.name })} first={isCondition(found.condition) ? asGroup(found.condition) : everyone} audience={found} sentence="" />}
    </Answered>
  );
}
