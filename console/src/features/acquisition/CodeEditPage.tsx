import { useParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { AnsweredPage } from "@/ui/AnsweredPage";

import { useCode } from "./acquisitionApi";
import { CodeForm } from "./CodeForm";

/** A code is made, or told everything anew. */
export function CodeEditPage() {
  const t = useT();
  const { path } = useMember();
  const { codeId } = useParams();
  const id = codeId === undefined ? null : Number(codeId);
  const code = useCode(id);
  if (id === null) return <CodeForm code={null} />;
  return (
    <AnsweredPage query={code} back={{ to: path("codes"), label: t("acquisition.codes") }}>
      {(found) => <CodeForm key={found.id} code={found} />}
    </AnsweredPage>
  );
}
