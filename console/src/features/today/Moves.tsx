import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { large, whole } from "@/i18n/format";
import { Panel } from "@/ui/Panel";
import { Table, type Column } from "@/ui/Rows";
import { BlockSkeleton } from "@/ui/Skeleton";

import { useAudiences, useMoves } from "./todayApi";

interface Move {
  id: number;
  name: string;
  count: number;
  entered: number;
  left: number;
}

/** The audiences that changed most today. */
export function Moves() {
  const t = useT();
  const { path } = useMember();
  const audiences = useAudiences(true);
  const { pending, moves } = useMoves(audiences.data ?? []);
  const columns: Column<Move>[] = [
    { key: "name", title: t("audiences.name"), phone: "lead", render: (each) => <Link to={path(`audiences/${String(each.id)}`)}>{each.name}</Link> },
    { key: "entered", title: t("audiences.entered"), width: 110, number: true, phone: "labelled", render: (each) => whole(each.entered) },
    { key: "left", title: t("audiences.left"), width: 110, number: true, phone: "labelled", render: (each) => whole(each.left) },
    { key: "count", title: t("audiences.inNow"), width: 130, number: true, phone: "labelled", render: (each) => <span title={whole(each.count)}>{large(each.count)}</span> },
  ];
  const none = audiences.data?.length === 0 ? t("today.movesEmpty") : t("today.movesNone");
  return (
    <Panel title={t("today.moves")} flush={moves.length > 0}>
      {moves.length > 0 ? (
        <Table label={t("today.moves")} columns={columns} rowKey={(each) => each.id} to={(each) => path(`audiences/${String(each.id)}`)} rows={moves} />
      ) : pending || audiences.isPending ? (
        <BlockSkeleton />
      ) : (
        <p className="quiet">{none}</p>
      )}
    </Panel>
  );
}
