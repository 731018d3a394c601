import { useParams, useSearchParams } from "react-router";

import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { PageSkeleton } from "@/ui/Skeleton";

import { useAudience } from "./audiencesApi";
import { Builder } from "./Builder";
import { asGroup, everyone, isCondition, type GroupNode } from "./condition";

/** A new audience, or the conditions of one. A sentence or a condition in the address is where it begins. */
export function BuilderPage() {
  const t = useT();
  const { audienceId } = useParams();
  const [search] = useSearchParams();
  const id = Number(audienceId);
  const audience = useAudience(id, audienceId !== undefined);
  if (audienceId === undefined) {
    return <Builder key={search.toString()} title={t("audiences.newTitle")} first={given(search.get("condition"))} sentence={search.get("sentence") ?? ""} />;
  }
  return (
    <Answered query={audience} skeleton={<PageSkeleton />}>
      {(found) => <Builder title={t("audiences.editTitle", { name: found.name })} first={isCondition(found.condition) ? asGroup(found.condition) : everyone} audience={found} sentence="" />}
    </Answered>
  );
}

/** A condition in the address: how a number elsewhere opens into the people behind it. */
function given(written: string | null): GroupNode {
  try {
    const condition: unknown = JSON.parse(written ?? "null");
    return isCondition(condition) ? asGroup(condition) : everyone;
  } catch {
    return everyone;
  }
}
