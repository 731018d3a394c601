import { useParams, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { AnsweredPage } from "@/ui/AnsweredPage";

import { useAudience } from "./audiencesApi";
import { Builder } from "./Builder";
import { asGroup, everyone, isCondition, type GroupNode } from "./condition";

/** A new audience, the conditions of one, or whom to fill a list with. A sentence or a condition in the address is where it begins. */
export function BuilderPage() {
  const { audienceId } = useParams();
  const t = useT();
  const { path } = useMember();
  const [search] = useSearchParams();
  const fills = search.get("fill");
  const id = Number(audienceId ?? fills);
  const audience = useAudience(id, audienceId !== undefined || fills !== null);
  if (fills !== null) {
    return (
      <AnsweredPage query={audience} back={{ to: path("audiences"), label: t("audiences.back") }}>
        {(list) => <Builder title={t("audiences.fillTitle", { name: list.name })} first={everyone} fills={list} sentence="" />}
      </AnsweredPage>
    );
  }
  if (audienceId === undefined) {
    return <Builder key={search.toString()} title={t("audiences.newTitle")} first={given(search.get("condition"))} sentence={search.get("sentence") ?? ""} />;
  }
  return (
    <AnsweredPage query={audience} back={{ to: path("audiences"), label: t("audiences.back") }}>
      {(found) => <Builder title={t("audiences.editTitle", { name: found.name })} first={isCondition(found.condition) ? asGroup(found.condition) : everyone} audience={found} sentence="" />}
    </AnsweredPage>
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
