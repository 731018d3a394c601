import { useMember } from "@/api/member";
import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { Person } from "@/ui/Person";
import { Rows, type Column } from "@/ui/Rows";
import { When } from "@/ui/When";

import { useMembers, type Audience } from "./audiencesApi";

type Sighting = components["schemas"]["AudienceMemberOut"];

/** Who is in now, who entered last first. */
export function Members({ audience }: { audience: Audience }) {
  const t = useT();
  const { path } = useMember();
  const members = useMembers(audience.id);
  const columns: Column<Sighting>[] = [
    {
      key: "customer",
      title: t("audiences.customer"),
      phone: "lead",
      render: ({ customer_id: id, name }) => <Person id={id} name={name} to={path(`customers/${String(id)}`)} />,
    },
    { key: "since", title: t("audiences.since"), width: 160, phone: "labelled", render: (each) => <When at={each.since} /> },
  ];
  return (
    <Panel title={t("audiences.inNow")} flush>
      <Rows label={t("audiences.inNow")} query={members} columns={columns} rowKey={(each) => each.customer_id} to={(each) => path(`customers/${String(each.customer_id)}`)} empty={<Empty title={t("audiences.membersEmpty")} hint={t("audiences.membersEmptyHint")} />} />
    </Panel>
  );
}
