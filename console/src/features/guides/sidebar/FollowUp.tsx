import { Button, Input, Select } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Refused } from "@/ui/Refused";

import { useFollowUp, useRemark, useStatuses, type InFront } from "../guidesApi";

/** How far I am with her, and what I remember of her. */
export function FollowUp({ person }: { person: InFront }) {
  const t = useT();
  const { may } = useMember();
  const statuses = useStatuses();
  const [written, setWritten] = useState<string | null>(null);
  const follow = useFollowUp(person.id, person.me ?? 0);
  const note = useRemark(person.id, person.me ?? 0);
  const save = () => { if (written !== null) note.mutate(written, { onSuccess: () => { setWritten(null); } }); };
  if (person.me === null || !may("customers.write")) return null;
  const remark = person.mine?.remark ?? "";
  return (
    <div className="stack close">
      <div className="row">
        <Select<string>
          aria-label={t("guides.status")}
          placeholder={t("guides.status")}
          value={person.mine?.status ?? null}
          loading={follow.isPending}
          options={(statuses.data?.items ?? []).map((each) => ({ value: each.name, label: each.label }))}
          onChange={(status) => { follow.mutate({ status }); }}
          style={{ flex: "0 0 112px" }}
        />
        <Input
          aria-label={t("guides.remark")}
          placeholder={t("guides.remark")}
          maxLength={500}
          value={written ?? remark}
          onChange={(event) => { setWritten(event.target.value); }}
          onPressEnter={save}
        />
        {written !== null && written !== remark && (
          <Button type="primary" loading={note.isPending} onClick={save}>
            {t("common.save")}
          </Button>
        )}
      </div>
      <Refused error={follow.error ?? note.error} />
    </div>
  );
}
