import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { listed, minute } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Person } from "@/ui/Person";
import { Rows, type Column } from "@/ui/Rows";
import { When } from "@/ui/When";

import { useHolders, type Tag, type TagHolder } from "./tagsApi";
import { useSourceWords } from "./words";

/** Who has a tag now. */
export function Holders({ tag }: { tag: Tag }) {
  const t = useT();
  const { path } = useMember();
  const holders = useHolders(tag.id);
  return (
    <Rows
      label={t("tags.holders")}
      query={holders}
      columns={useColumns()}
      rowKey={(each) => each.customer_id}
      to={(each) => path(`customers/${String(each.customer_id)}`)}
      empty={
        <Empty title={t("tags.holdersEmpty")} hint={t("tags.holdersEmptyHint")}>
          <Link to={path("customers")}>{t("shell.customers")}</Link>
        </Empty>
      }
    />
  );
}

function useColumns(): Column<TagHolder>[] {
  const t = useT();
  const { path } = useMember();
  const words = useSourceWords();
  return [
    { key: "customer", title: t("tags.customer"), phone: "lead", render: (each) => <Person id={each.customer_id} name={each.customer_name} to={path(`customers/${String(each.customer_id)}`)} /> },
    { key: "since", title: t("tags.since"), width: 130, phone: "labelled", render: (each) => <When at={each.tagged_at} /> },
    { key: "from", title: t("tags.from"), width: 180, render: (each) => listed(each.sources.map(words)) },
    { key: "until", title: t("tags.until"), width: 150, phone: "labelled", render: (each) => (each.expires_at ? <span className="tabular">{minute(each.expires_at)}</span> : <span className="faint">{t("tags.forever")}</span>) },
  ];
}
