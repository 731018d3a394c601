import { useNavigate } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { day, whole } from "@/i18n/format";
import { DialogForm } from "@/ui/DialogForm";

import { useCountNow, type Audience } from "./audiencesApi";
import { useKeepAsList } from "./fillApi";
import { NameFields } from "./NameFields";

/** Those who are in now are kept as they are: a list, from which nobody goes by themselves. */
export function KeepAsListDialog({ audience, onClose }: { audience: Audience; onClose: () => void }) {
  const t = useT();
  const { path } = useMember();
  const navigate = useNavigate();
  const counted = useCountNow(audience.id);
  const keep = useKeepAsList(audience.id);
  const n = whole(counted.data ?? audience.count);
  const partly = counted.data !== undefined && counted.data < audience.count;
  return (
    <DialogForm<{ name: string; note: string }>
      title={t("audiences.keepTitle", { name: audience.name })}
      initialValues={{ name: `${audience.name} ${day(new Date().toISOString())}`.slice(-100), note: "" }}
      act={t("audiences.keepAct", { n })}
      onFinish={(named) => { keep.mutate(named, { onSuccess: (list) => void navigate(path(`audiences/${String(list)}`)) }); }}
      onClose={onClose}
      busy={keep.isPending}
      error={keep.error}
    >
      <p className="quiet" style={{ marginBottom: 12 }}>{t(partly ? "audiences.keepHintScope" : "audiences.keepHint", { n })}</p>
      <NameFields />
    </DialogForm>
  );
}
