import { useParams, useSearchParams } from "react-router";

import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { PageSkeleton } from "@/ui/Skeleton";

import { useAudience } from "./audiencesApi";
import { Builder } from "./Builder";
import { asGroup, everyone, isCondition, type GroupNode } from "./condition";

/** A new audience, the conditions of one, or whom to fill a list with. A sentence or a condition in the address is where it begins. */
export function BuilderPage() {
  const t = useT();
  const { audienceId } = useParams();
  const [search] = useSearchParams();
  const fills = search.get("fill");
  const id = Number(audienceId ?? fills);
  const audience = useAudience(id, audienceId !== undefined || fills !== null);
  if (fills !== null) {
    return (
      <Answered query={audience} skeleton={<PageSkeleton />}>
        {(list) => <Builder title={t("audiences.fillTitle", { name: list.name })} first={everyone} fills={list} sentence="" />}
      </Answered>
    );
  }
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
