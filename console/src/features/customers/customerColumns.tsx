import { Checkbox } from "antd";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { listed } from "@/i18n/format";
import { Person } from "@/ui/Person";
import type { Column } from "@/ui/Rows";
import { When } from "@/ui/When";

import type { Listed, Tagging } from "./customersApi";
import { FewTags } from "./FewTags";

interface Given {
  tags: Map<number, Tagging[]>;
  staff: Map<number, string>;
  chosen: Set<number>;
  onChoose: ((chosen: Set<number>) => void) | null;
}

/** The columns of the list of customers. */
export function useCustomerColumns({ tags, staff, chosen, onChoose }: Given): Column<Listed>[] {
  const t = useT();
  const { path } = useMember();
  const toggle = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose?.(next);
  };
  const box: Column<Listed> = {
    key: "chosen",
    title: "",
    width: 44,
    phone: "hide",
    render: (each) => <Checkbox checked={chosen.has(each.id)} aria-label={t("customers.select", { name: each.name || `#${String(each.id)}` })} onChange={() => { toggle(each.id); }} />,
  };
  return [
    ...(onChoose ? [box] : []),
    { key: "name", title: t("customers.name"), phone: "lead", width: "24%", render: (each) => <Person id={each.id} name={each.name} note={each.phone} to={path(`customers/${String(each.id)}`)} /> },
    { key: "city", title: t("customers.city"), width: 110, render: (each) => each.city || each.province ? <span className="clip" style={{ display: "block" }}>{each.city || each.province}</span> : null },
    { key: "tags", title: t("customers.tags"), render: (each) => tags.get(each.id)?.length ? <FewTags tags={tags.get(each.id) ?? []} /> : null },
    { key: "staff", title: t("customers.staff"), width: 130, phone: "labelled", render: (each) => (each.staff.length === 0 ? null : <span className="clip" style={{ display: "block" }}>{listed(each.staff.map((one) => staff.get(one.staff_id) ?? `#${String(one.staff_id)}`))}</span>) },
    { key: "known", title: t("customers.known"), width: 120, phone: "hide", render: (each) => <When at={each.created_at} /> },
    { key: "updated", title: t("customers.updated"), width: 120, phone: "labelled", render: (each) => <When at={each.updated_at} /> },
  ];
}
