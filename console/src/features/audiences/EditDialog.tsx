import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";

import { useChangeAudience, type Audience } from "./audiencesApi";
import { NameFields } from "./NameFields";
import { ScheduleFields } from "./ScheduleFields";

type Filled = Pick<Audience, "name" | "note" | "schedule" | "refresh_hour" | "refresh_weekday">;

/** What an audience is called, and how often it is judged anew. */
export function EditDialog({ audience, onClose }: { audience: Audience; onClose: () => void }) {
  const t = useT();
  const change = useChangeAudience(audience.id);
  const { name, note, schedule, refresh_hour, refresh_weekday } = audience;
  return (
    <DialogForm<Filled>
      title={t("audiences.editedTitle", { name })}
      initialValues={{ name, note, schedule, refresh_hour, refresh_weekday }}
      onFinish={(filled) => { change.mutate(filled, { onSuccess: onClose }); }}
      onClose={onClose}
      busy={change.isPending}
      error={change.error}
    >
      <NameFields />
      {audience.kind === "live" && <ScheduleFields />}
    </DialogForm>
  );
}
