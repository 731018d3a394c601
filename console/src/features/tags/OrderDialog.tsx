import { ArrowDownOutlined, ArrowUpOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { useState } from "react";

import { useT } from "@/i18n";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";
import { TagChip } from "@/ui/TagChip";
import { useTagShade } from "@/ui/tagColours";

interface Ordered {
  id: number;
  name: string;
  colour: string;
}

interface OrderDialogProps {
  title: string;
  /** Undefined while they are being read. */
  things: Ordered[] | undefined;
  error: Error | null;
  busy: boolean;
  onSave: (ids: number[]) => void;
  onClose: () => void;
}

/** An order, changed one step at a time, by mouse or keyboard. */
export function OrderDialog({ title, things, ...rest }: OrderDialogProps) {
  const t = useT();
  return (
    <Modal open title={title} onCancel={rest.onClose} footer={null} closable={{ "aria-label": t("common.close") }}>
      {things ? <Order things={things} {...rest} /> : rest.error ? <Refused error={rest.error} /> : <BlockSkeleton />}
    </Modal>
  );
}

function Order({ things, error, busy, onSave, onClose }: Omit<OrderDialogProps, "title" | "things"> & { things: Ordered[] }) {
  const t = useT();
  const shade = useTagShade();
  const [order, setOrder] = useState(things);
  const move = (from: number, to: number) => {
    const next = [...order];
    next.splice(to, 0, ...next.splice(from, 1));
    setOrder(next);
  };
  return (
    <div className="stack">
      <ol className="tag-order">
        {order.map((each, place) => (
          <li key={each.id}>
            <span className="grow">
              <TagChip colour={shade(each.colour)}>{each.name}</TagChip>
            </span>
            <Button size="small" type="text" icon={<ArrowUpOutlined />} disabled={place === 0} aria-label={t("tags.moveUp", { name: each.name })} onClick={() => { move(place, place - 1); }} />
            <Button size="small" type="text" icon={<ArrowDownOutlined />} disabled={place === order.length - 1} aria-label={t("tags.moveDown", { name: each.name })} onClick={() => { move(place, place + 1); }} />
          </li>
        ))}
      </ol>
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
