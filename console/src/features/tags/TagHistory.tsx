import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Empty } from "@/ui/Empty";
import { Person } from "@/ui/Person";
import { Rows, type Column } from "@/ui/Rows";
import { When } from "@/ui/When";

import { useTagHistory, type Tag, type TagChange } from "./tagsApi";
import { changeWords, useActorWords, useSourceWords } from "./words";

/** Whom a tag was given to or taken from, by whom, when and why. */
export function TagHistory({ tag }: { tag: Tag }) {
  const t = useT();
  const history = useTagHistory(tag.id);
  return <Rows label={t("tags.history")} query={history} columns={useColumns()} rowKey={(each) => each.id} empty={<Empty title={t("tags.historyEmpty")} />} />;
}

function useColumns(): Column<TagChange>[] {
  const t = useT();
  const { path } = useMember();
  const words = useSourceWords();
  const who = useActorWords();
  return [
    { key: "customer", title: t("tags.customer"), phone: "lead", render: (each) => <Person id={each.customer_id} name={each.customer_name} to={path(`customers/${String(each.customer_id)}`)} /> },
    { key: "what", title: t("tags.what"), width: 160, render: (each) => t(changeWords[each.kind]) },
    { key: "from", title: t("tags.from"), width: 150, render: (each) => words(each.source) },
    { key: "by", title: t("tags.by"), width: 110, render: (each) => who(each.actor, each.actor_name) },
    { key: "why", title: t("tags.why"), render: (each) => <span className="quiet wrap">{each.reason}</span> },
    { key: "when", title: t("tags.when"), width: 120, render: (each) => <When at={each.at} /> },
  ];
}
