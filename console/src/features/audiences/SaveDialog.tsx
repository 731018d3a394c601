import { useNavigate } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";

import { useMakeAudience, type Audience } from "./audiencesApi";
import type { Condition } from "./condition";
import { NameFields } from "./NameFields";
import { ScheduleFields } from "./ScheduleFields";

interface Filled {
  name: string;
  note: string;
  schedule: Audience["schedule"];
  refresh_hour: number;
  refresh_weekday: number;
}

/** The people chosen get a name, and from then on enter and leave by themselves. */
export function SaveDialog({ condition, onClose }: { condition: Condition; onClose: () => void }) {
  const t = useT();
  const make = useMakeAudience();
  const navigate = useNavigate();
  const { path } = useMember();
  return (
    <DialogForm<Filled>
      title={t("audiences.saveTitle")}
      initialValues={{ note: "", schedule: "on_time", refresh_hour: 3, refresh_weekday: 0 }}
      onFinish={(body) => { make.mutate({ ...body, condition }, { onSuccess: (made) => void navigate(path(`audiences/${String(made.id)}`)) }); }}
      onClose={onClose}
      busy={make.isPending}
      error={make.error}
    >
      <NameFields />
      <ScheduleFields />
    </DialogForm>
  );
}
