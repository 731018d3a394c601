import { Button } from "antd";

import { useMember } from "@/api/member";
import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { minute, whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { Person } from "@/ui/Person";
import { Rows, type Column } from "@/ui/Rows";
import { When } from "@/ui/When";

import { AsOfPicker } from "./AsOfPicker";
import { useCountAt, useMembers, type Audience } from "./audiencesApi";
import { useTakeOff } from "./listsApi";

type Sighting = components["schemas"]["AudienceMemberOut"];

interface MembersProps {
  audience: Audience;
  at: string | null;
  onAt: (at: string | null) => void;
  onWhy: (customer: number) => void;
}

/** Who is in now, who entered last first; or who was, at an earlier instant, and what became of them. */
export function Members({ audience, at, onAt, onWhy }: MembersProps) {
  const t = useT();
  const { path } = useMember();
  const members = useMembers(audience.id, at);
  const counted = useCountAt(audience.id, at);
  const title = at ? t("audiences.inThen") : t("audiences.inNow");
  const note = at && counted.data ? t("audiences.asOfAnswer", { at: minute(at), n: whole(counted.data.count) }) : undefined;
  const empty = at ? <Empty title={t("audiences.nobodyThen")} /> : <Empty title={t("audiences.membersEmpty")} hint={t(audience.kind === "static" ? "audiences.listEmptyHint" : "audiences.membersEmptyHint")} />;
  return (
    <Panel title={title} note={note} flush extra={<AsOfPicker at={at} label={t("audiences.asOfHint")} placeholder={t("audiences.asOfHint")} since={audience.created_at} onAt={onAt} />}>
      <Rows label={title} query={members} columns={useColumns(audience, at, onWhy)} rowKey={(each) => each.customer_id} to={(each) => path(`customers/${String(each.customer_id)}`)} empty={empty} />
    </Panel>
  );
}

function useColumns(audience: Audience, at: string | null, onWhy: (customer: number) => void): Column<Sighting>[] {
  const t = useT();
  const { may, path } = useMember();
  const takeOff = useTakeOff(audience.id);
  const takes = audience.kind === "static" && at === null && audience.archived_at === null && may("audiences.write");
  return [
    {
      key: "customer",
      title: t("audiences.customer"),
      phone: "lead",
      render: ({ customer_id: id, name }) => <Person id={id} name={name} to={path(`customers/${String(id)}`)} />,
    },
    { key: "since", title: t("audiences.since"), width: 150, phone: "labelled", render: (each) => <When at={each.since} /> },
    ...(at
      ? [{ key: "stayed", title: t("audiences.stayed"), width: 190, render: (each: Sighting) => (each.left_at ? <span className="tabular">{t("audiences.leftAt", { at: minute(each.left_at) })}</span> : <span className="faint">{t("audiences.stillIn")}</span>) }]
      : []),
    {
      key: "why",
      title: "",
      width: takes ? 160 : 96,
      number: true,
      render: ({ customer_id: id }) => (
        <>
          {takes && (
            <Button type="text" size="small" loading={takeOff.isPending && takeOff.variables === id} onClick={() => { takeOff.mutate(id); }}>
              {t("audiences.takeOff")}
            </Button>
          )}
          <Button type="text" size="small" onClick={() => { onWhy(id); }}>
            {t("audiences.why")}
          </Button>
        </>
      ),
    },
  ];
}
