import { Button } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Refused } from "@/ui/Refused";
import { useNarrow } from "@/ui/useNarrow";

import { useChangeAudience, type Audience } from "./audiencesApi";
import type { Condition } from "./condition";
import { FillDialog } from "./FillDialog";
import { SaveDialog } from "./SaveDialog";

interface SaveProps {
  condition: Condition;
  audience: Audience | undefined;
  ready: boolean;
  count: number | undefined;
}

/** What was built becomes an audience, or the new condition of one. */
export function Save({ condition, audience, ready, count }: SaveProps) {
  const t = useT();
  const narrow = useNarrow();
  const { may, path } = useMember();
  const navigate = useNavigate();
  const [naming, setNaming] = useState(false);
  const change = useChangeAudience(audience?.id ?? 0);
  if (!may("audiences.write")) return null;
  if (audience) {
    return (
      <>
        <Button type="primary" disabled={!ready} loading={change.isPending} onClick={() => { change.mutate({ condition }, { onSuccess: () => void navigate(path(`audiences/${String(audience.id)}`)) }); }}>
          {t("audiences.saveChanges")}
        </Button>
        <Refused error={change.error} />
      </>
    );
  }
  return (
    <>
      <Button type="primary" disabled={!ready} onClick={() => { setNaming(true); }}>
        {/* On a phone the number stands right beside it. */}
        {count === undefined || narrow ? t("audiences.save") : t("audiences.saveCount", { n: whole(count) })}
      </Button>
      {naming && <SaveDialog condition={condition} onClose={() => { setNaming(false); }} />}
    </>
  );
}

/** Whoever matches now is put on a list, and whoever does not is taken off. */
export function Fill({ list, condition, ready }: { list: Audience; condition: Condition; ready: boolean }) {
  const t = useT();
  const { may, path } = useMember();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  if (!may("audiences.write")) return null;
  return (
    <>
      <Button type="primary" disabled={!ready} onClick={() => { setAsking(true); }}>
        {t("audiences.fillThis")}
      </Button>
      {asking && <FillDialog list={list} condition={condition} onDone={() => void navigate(path(`audiences/${String(list.id)}`))} onClose={() => { setAsking(false); }} />}
    </>
  );
}
