import { PlusOutlined, ShopOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { money, whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";

import { AcquisitionTabs } from "./AcquisitionTabs";
import { useSourceChannels, type SourceChannel } from "./acquisitionApi";
import { Ledger } from "./Ledger";
import { SourceChannelDialog } from "./SourceChannelDialog";

/** The places friends come from, what each cost, and what a friend cost there. */
export function SourceChannelsPage() {
  const t = useT();
  const { may } = useMember();
  const [search] = useSearchParams();
  const [open, setOpen] = useState<{ channel: SourceChannel | null } | null>(null);
  const channels = useSourceChannels();
  const all = itemsOf(channels);
  const chosen = all.find((each) => String(each.id) === search.get("channel"));
  const priced = all.filter((each) => each.each_fen !== null).sort((a, b) => (a.each_fen ?? 0) - (b.each_fen ?? 0));
  const cheapest = priced[0];
  const make = may("codes.write") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => { setOpen({ channel: null }); }}>
      {t("acquisition.newChannel")}
    </Button>
  );
  return (
    <Page title={t("acquisition.channels")} answer={cheapest && priced.length > 1 ? t("acquisition.cheapest", { name: cheapest.name, each: money(cheapest.each_fen ?? 0) }) : undefined} actions={make}>
      <AcquisitionTabs />
      <Panel flush>
        <Rows
          label={t("acquisition.channels")}
          query={channels}
          columns={useColumns((channel) => { setOpen({ channel }); })}
          rowKey={(each) => each.id}
          empty={
            <Empty title={t("acquisition.noChannels")} hint={t("acquisition.noChannelsHint")} icon={<ShopOutlined />}>
              {make}
            </Empty>
          }
        />
      </Panel>
      {chosen && (
        <section aria-label={chosen.name} className="stack tight">
          <h2>{chosen.name}</h2>
          <Ledger channel={chosen.id} code={null} />
        </section>
      )}
      {open && <SourceChannelDialog channel={open.channel} onClose={() => { setOpen(null); }} />}
    </Page>
  );
}

function useColumns(onEdit: (channel: SourceChannel) => void): Column<SourceChannel>[] {
  const t = useT();
  const { may, path } = useMember();
  return [
    { key: "name", title: t("common.name"), phone: "lead", render: (each) => each.name },
    { key: "codes", title: t("acquisition.codes"), width: 100, number: true, phone: "labelled", render: (each) => <Link to={path(`codes?channel=${String(each.id)}`)}>{whole(each.codes)}</Link> },
    { key: "total", title: t("acquisition.total"), width: 110, number: true, phone: "labelled", render: (each) => whole(each.total) },
    { key: "spent", title: t("acquisition.spent"), width: 140, number: true, phone: "labelled", render: (each) => <Link to={path(`codes/channels?channel=${String(each.id)}`)}>{money(each.spent_fen)}</Link> },
    { key: "each", title: t("acquisition.each"), width: 130, number: true, phone: "labelled", render: (each) => (each.each_fen === null ? <span className="faint">—</span> : money(each.each_fen)) },
    {
      key: "acts",
      title: "",
      width: 90,
      render: (each) =>
        may("codes.write") ? (
          <Button size="small" type="text" onClick={() => { onEdit(each); }}>
            {t("common.edit")}
          </Button>
        ) : null,
    },
  ];
}
