import { ApartmentOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { large, whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { SearchBox } from "@/ui/SearchBox";
import { useDebounced } from "@/ui/useDebounced";

import { useAudiences, type Audience } from "./audiencesApi";
import { AudienceTabs } from "./AudienceTabs";
import { Freshness } from "./Freshness";
import { NewListDialog } from "./NewListDialog";
import { useScheduleWord } from "./useScheduleWord";

/** Every audience: how many are in, how fresh that is. */
export function AudiencesPage() {
  const t = useT();
  const { may, path } = useMember();
  const [search, setSearch] = useSearchParams();
  const words = search.get("search") ?? "";
  const archived = search.get("archived") === "1";
  const audiences = useAudiences(useDebounced(words.trim()), archived);
  const set = (next: { search?: string; archived?: boolean }) => {
    const params = { search: next.search ?? words, archived: (next.archived ?? archived) ? "1" : "" };
    setSearch(Object.fromEntries(Object.entries(params).filter(([, value]) => value)), { replace: true });
  };
  const [listing, setListing] = useState(false);
  const create = may("audiences.write") ? (
    <>
      <Link to={path("audiences/new")}>
        <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
          {t("audiences.create")}
        </Button>
      </Link>
      <Button onClick={() => { setListing(true); }}>{t("audiences.listNew")}</Button>
    </>
  ) : null;
  const count = itemsOf(audiences).length;
  const plain = !words && !archived;
  return (
    <Page title={t("audiences.title")} answer={audiences.data && plain && count > 0 ? t("audiences.answer", { n: `${whole(count)}${audiences.hasNextPage ? "+" : ""}` }) : undefined} actions={create}>
      <AudienceTabs />
      <div className="filters">
        <SearchBox label={t("audiences.search")} value={words} onSearch={(search) => { set({ search }); }} />
        <Segmented
          value={archived ? "archived" : "use"}
          aria-label={t("common.status")}
          options={[
            { value: "use", label: t("audiences.inUse") },
            { value: "archived", label: t("audiences.archivedTab") },
          ]}
          onChange={(chosen) => { set({ archived: chosen === "archived" }); }}
        />
      </div>
      <Panel flush>
        <Rows
          label={t("audiences.title")}
          query={audiences}
          columns={useColumns()}
          rowKey={(each) => each.id}
          to={(each) => path(`audiences/${String(each.id)}`)}
          empty={
            plain ? (
              <Empty title={t("audiences.emptyTitle")} hint={t("audiences.emptyHint")} icon={<ApartmentOutlined />}>
                {create}
              </Empty>
            ) : (
              <Empty title={words ? t("shell.findNothing", { words }) : t("common.none")} />
            )
          }
        />
      </Panel>
      {listing && <NewListDialog onClose={() => { setListing(false); }} />}
    </Page>
  );
}

function useColumns(): Column<Audience>[] {
  const t = useT();
  const { path } = useMember();
  const scheduleOf = useScheduleWord();
  return [
    {
      key: "name",
      title: t("audiences.name"),
      phone: "lead",
      render: (each) => (
        <span className="stack" style={{ gap: 0 }}>
          <Link to={path(`audiences/${String(each.id)}`)} className="clip" title={each.name}>
            {each.name}
          </Link>
          {each.note && <span className="clip small faint">{each.note}</span>}
        </span>
      ),
    },
    {
      key: "count",
      title: t("audiences.members"),
      width: 130,
      number: true,
      phone: "labelled",
      render: (each) => (each.refreshed_at || each.kind === "static" ? <b title={whole(each.count)}>{large(each.count)}</b> : <span className="faint">—</span>),
    },
    { key: "schedule", title: t("audiences.schedule"), width: 170, phone: "hide", render: (each) => (each.kind === "static" ? t("audiences.static") : scheduleOf(each.schedule)) },
    { key: "fresh", title: t("audiences.refreshed"), width: 150, phone: "labelled", render: (each) => <Freshness audience={each} /> },
    { key: "owner", title: t("audiences.owner"), width: 110, phone: "hide", render: (each) => <span className="clip" style={{ display: "block" }}>{each.owner_name}</span> },
  ];
}
