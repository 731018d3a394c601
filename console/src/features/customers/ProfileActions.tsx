import { EllipsisOutlined } from "@ant-design/icons";
import { Button, Dropdown, Input } from "antd";
import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Consequence } from "@/ui/Consequence";

import { customerKeys, type Customer } from "./customersApi";
import { useErase, useExport } from "./personApi";

/** What a person has a right to: to be told everything, and to be forgotten. */
export function ProfileActions({ customer, name }: { customer: Customer; name: string }) {
  const t = useT();
  const { may } = useMember();
  const [open, setOpen] = useState<"export" | "erase" | null>(null);
  const close = () => { setOpen(null); };
  const items = [
    ...(may("customers.export") ? [{ key: "export", label: t("customers.export"), onClick: () => { setOpen("export"); } }] : []),
    ...(may("customers.erase") ? [{ key: "erase", danger: true, label: t("customers.erase"), onClick: () => { setOpen("erase"); } }] : []),
  ];
  if (items.length === 0) return null;
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items }}>
        <Button icon={<EllipsisOutlined />} aria-label={t("customers.more")} />
      </Dropdown>
      {open === "export" && <Export customer={customer} onClose={close} />}
      {open === "erase" && <Erase customer={customer} name={name} onClose={close} />}
    </>
  );
}

function Export({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useT();
  const fetched = useExport(customer.id);
  const act = () => {
    fetched.mutate(undefined, {
      onSuccess: (everything) => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([JSON.stringify(everything, null, 2)], { type: "application/json" }));
        link.download = `customer-${String(customer.id)}.json`;
        link.click();
        URL.revokeObjectURL(link.href);
        onClose();
      },
    });
  };
  return (
    <Consequence open title={t("customers.exportTitle")} act={t("customers.exportAct")} busy={fetched.isPending} error={fetched.error} onAct={act} onClose={onClose}>
      <p>{t("customers.exportHint")}</p>
    </Consequence>
  );
}

function Erase({ customer, name, onClose }: { customer: Customer; name: string; onClose: () => void }) {
  const t = useT();
  const { path } = useMember();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState("");
  const erase = useErase(customer.id);
  const done = () => {
    queryClient.removeQueries({ queryKey: customerKeys.one(customer.id) });
    void queryClient.invalidateQueries({ queryKey: [...customerKeys.all, "list"] });
    void navigate(path("customers"), { replace: true });
  };
  return (
    <Consequence
      open
      harmful
      title={t("customers.eraseTitle", { name })}
      word={t("customers.eraseWord")}
      act={t("customers.eraseAct")}
      busy={erase.isPending}
      error={erase.error}
      onAct={() => { erase.mutate(reason.trim(), { onSuccess: done }); }}
      onClose={onClose}
    >
      <p>{t("customers.eraseHint")}</p>
      <Input value={reason} maxLength={500} placeholder={t("customers.eraseReason")} aria-label={t("customers.eraseReason")} onChange={(event) => { setReason(event.target.value); }} />
      <p className="small faint">{t("customers.erased")}</p>
    </Consequence>
  );
}
