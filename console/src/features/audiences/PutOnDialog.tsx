import { UploadOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { useRef, useState } from "react";

import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Refused } from "@/ui/Refused";

import type { Audience } from "./audiencesApi";
import { usePutOn, type ToPutOn } from "./listsApi";
import { PeoplePick } from "@/ui/PeoplePick";

/** Customers are put on a list: found one by one, or named by a file; then what became of it. */
export function PutOnDialog({ audience, onClose }: { audience: Audience; onClose: () => void }) {
  const t = useT();
  const [customers, setCustomers] = useState<number[]>([]);
  const file = useRef<HTMLInputElement>(null);
  const put = usePutOn(audience.id);
  const send = (whom: ToPutOn) => {
    put.mutate(whom, { onSuccess: () => { setCustomers([]); } });
  };
  return (
    <Modal open title={t("audiences.putOnTitle", { name: audience.name })} onCancel={onClose} footer={null} closable={{ "aria-label": t("common.close") }}>
      <div className="stack">
        <div className="row top wrapping">
          <PeoplePick label={t("audiences.putOnFind")} placeholder={t("audiences.putOnFind")} values={customers} onPick={setCustomers} />
          <Button type="primary" disabled={customers.length === 0} loading={put.isPending} onClick={() => { send({ customers }); }}>
            {customers.length === 0 ? t("audiences.putOn") : t("audiences.putOnAct", { n: whole(customers.length) })}
          </Button>
        </div>
        <div className="stack close">
          <span>
            <Button icon={<UploadOutlined />} loading={put.isPending} onClick={() => file.current?.click()}>
              {t("audiences.putOnFile")}
            </Button>
          </span>
          <span className="small faint">{t("audiences.putOnFileHint")}</span>
          <input
            ref={file}
            type="file"
            accept=".csv,text/csv"
            hidden
            aria-label={t("audiences.putOnFile")}
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              if (chosen) send({ file: chosen });
              event.target.value = "";
            }}
          />
        </div>
        <Refused error={put.error} />
        {put.data && (
          <p role="status" className="tabular">
            {t("audiences.putOnDone", { changed: whole(put.data.changed), unchanged: whole(put.data.unchanged), unknown: whole(put.data.unknown) })}
          </p>
        )}
      </div>
    </Modal>
  );
}
