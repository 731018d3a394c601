import { useNavigate } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";

import { useMakeAudience } from "./audiencesApi";
import { NameFields } from "./NameFields";

/** A list nobody enters or leaves by themselves: it gets a name, and is filled on its own page. */
export function NewListDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const make = useMakeAudience();
  const navigate = useNavigate();
  const { path } = useMember();
  return (
    <DialogForm<{ name: string; note: string }>
      title={t("audiences.listNew")}
      initialValues={{ note: "" }}
      onFinish={(filled) => { make.mutate({ ...filled, condition: null, schedule: "manual", refresh_hour: 3, refresh_weekday: 0 }, { onSuccess: (made) => void navigate(path(`audiences/${String(made.id)}`)) }); }}
      onClose={onClose}
      busy={make.isPending}
      error={make.error}
    >
      <p className="quiet" style={{ marginBottom: 12 }}>{t("audiences.listNewHint")}</p>
      <NameFields />
    </DialogForm>
  );
}
