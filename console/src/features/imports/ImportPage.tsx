import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { Button } from "antd";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { bytes, whole } from "@/i18n/format";
import { AnsweredPage } from "@/ui/AnsweredPage";
import { Consequence } from "@/ui/Consequence";
import { Page } from "@/ui/Page";

import { Check } from "./Check";
import "./imports.css";
import { useImport, useRemove, type ImportDetail } from "./importsApi";
import { Outcome } from "./Outcome";
import { Running } from "./Running";
import { useLasting } from "./words";

/** One import, wherever it stands: its columns to be checked, on its way, or in. */
export function ImportPage() {
  const { importId = "" } = useParams();
  const t = useT();
  const { path } = useMember();
  const it = useImport(Number(importId));
  return (
    <AnsweredPage query={it} back={{ to: path("imports"), label: t("imports.title") }}>
      {(found) => <Inside it={found} />}
    </AnsweredPage>
  );
}

function Inside({ it }: { it: ImportDetail }) {
  const t = useT();
  const { path, may } = useMember();
  const waiting = it.state === "uploaded" || it.state === "mapped";
  return (
    <Page
      title={it.name}
      answer={useAnswer(it)}
      back={{ to: path("imports"), label: t("imports.title") }}
      actions={may("imports.write") && it.state !== "running" && <Remove it={it} />}
    >
      {waiting && <Check key={it.id} it={it} />}
      {it.state === "running" && <Running it={it} />}
      {(it.state === "done" || it.state === "stopped") && <Outcome it={it} />}
    </Page>
  );
}

function useAnswer(it: ImportDetail): string {
  const t = useT();
  const lasting = useLasting();
  if (it.state === "running") return t("imports.runningAnswer", { read: whole(it.rows_read), in: whole(it.rows_in) });
  if (it.state === "done" && it.began_at && it.finished_at) {
    const seconds = (new Date(it.finished_at).getTime() - new Date(it.began_at).getTime()) / 1000;
    return t("imports.doneAnswer", { in: whole(it.rows_in), time: lasting(seconds) });
  }
  // Why it stopped stands below, beside the way on.
  if (it.state === "stopped") return t("imports.runningAnswer", { read: whole(it.rows_read), in: whole(it.rows_in) });
  return it.said || bytes(it.size);
}

function Remove({ it }: { it: ImportDetail }) {
  const t = useT();
  const { path } = useMember();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = useRemove(it.id);
  return (
    <>
      <Button onClick={() => { setAsking(true); }}>{t("imports.remove")}</Button>
      <Consequence
        open={asking}
        harmful
        title={t("imports.removeTitle", { name: it.name })}
        act={t("imports.removeTitle", { name: it.name })}
        busy={remove.isPending}
        error={remove.error}
        onAct={() => { remove.mutate(undefined, { onSuccess: () => void navigate(path("imports"), { replace: true }) }); }}
        onClose={() => { setAsking(false); }}
      >
        <p>{t("imports.removeHint")}</p>
      </Consequence>
    </>
  );
}
