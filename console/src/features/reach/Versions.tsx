import { itemsOf, type PagesQuery } from "@/api/pages";
import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { When } from "@/ui/When";

import type { Version } from "./messagesApi";
import { asParts, textOf } from "./parts";
import { ReviewState } from "./ReviewState";

/** What a message said before: versions stay, and what was sent with one is still told by it. */
export function Versions({ query, current }: { query: PagesQuery<Version>; current: number }) {
  const t = useT();
  const columns: Column<Version>[] = [
    { key: "number", title: t("messages.version"), width: 140, phone: "lead", render: (each) => <span className="tabular">{t(each.number === current ? "messages.versionNow" : "messages.versionN", { n: each.number })}</span> },
    { key: "gist", title: t("messages.says"), render: (each) => <span className="clip quiet" style={{ display: "block" }}>{asParts(each.parts).map((part) => textOf(part, "text") || textOf(part, "title")).find(Boolean) ?? ""}</span> },
    { key: "author", title: t("messages.author"), width: 110, render: (each) => each.author_name ?? each.author },
    { key: "review", title: t("messages.review"), width: 120, render: (each) => <ReviewState review={each.review} /> },
    { key: "at", title: t("messages.changed"), width: 130, phone: "labelled", render: (each) => <When at={each.created_at} /> },
  ];
  if (itemsOf(query).length < 2) return null;
  return (
    <Panel flush title={t("messages.versions")}>
      <Rows label={t("messages.versions")} query={query} columns={columns} rowKey={(each) => each.id} empty={null} />
    </Panel>
  );
}
