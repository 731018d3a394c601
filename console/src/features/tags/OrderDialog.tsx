import { Button, Modal } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";
import { Ordered } from "@/ui/Ordered";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";
import { TagChip } from "@/ui/TagChip";
import { useTagShade } from "@/ui/tagColours";

interface Thing {
  id: number;
  name: string;
  colour: string;
}

interface OrderDialogProps {
  title: string;
  /** Undefined while they are being read. */
  things: Thing[] | undefined;
  error: Error | null;
  busy: boolean;
  onSave: (ids: number[]) => void;
  onClose: () => void;
}

/** An order, changed by mouse or keyboard, kept when it is saved. */
export function OrderDialog({ title, things, ...rest }: OrderDialogProps) {
  const t = useT();
  return (
    <Modal open title={title} onCancel={rest.onClose} footer={null} closable={{ "aria-label": t("common.close") }}>
      {things ? <Order things={things} {...rest} /> : rest.error ? <Refused error={rest.error} /> : <BlockSkeleton />}
    </Modal>
  );
}

function Order({ things, error, busy, onSave, onClose }: Omit<OrderDialogProps, "title" | "things"> & { things: Thing[] }) {
  const t = useT();
  const shade = useTagShade();
  const [order, setOrder] = useState(things);
  return (
    <div className="stack">
      <Ordered label={t("tags.order")} things={order} keyOf={(each) => each.id} nameOf={(each) => each.name} onOrder={setOrder}>
        {(each) => <TagChip colour={shade(each.colour)}>{each.name}</TagChip>}
      </Ordered>
      <Refused error={error} />
      <div className="row" style={{ justifyContent: "flex-end" }}>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={busy} onClick={() => { onSave(order.map((each) => each.id)); }}>
          {t("common.save")}
        </Button>
      </div>
    </div>
  );
}
