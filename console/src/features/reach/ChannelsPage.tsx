import { ApiOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { State } from "@/ui/State";
import { When } from "@/ui/When";

import { AccountDialog } from "./AccountDialog";
import { useAccounts, useKinds, useTurnAccount, type Account } from "./channelsApi";
import { channelKey } from "./reachWords";
import { TryDialog } from "./TryDialog";

/** The ways out: set up once, paused within seconds. */
export function ChannelsPage() {
  const t = useT();
  const { may } = useMember();
  const [open, setOpen] = useState<{ account: Account | null } | null>(null);
  const [trying, setTrying] = useState<Account | null>(null);
  const accounts = useAccounts();
  const make = may("channels.write") ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => { setOpen({ account: null }); }}>
      {t("reach.accountNew")}
    </Button>
  ) : null;
  return (
    <Page title={t("reach.accounts")} answer={t("reach.accountsAnswer")} actions={make}>
      <Panel flush>
        <Rows
          label={t("reach.accounts")}
          query={accounts}
          columns={useColumns((account) => { setOpen({ account }); }, setTrying)}
          rowKey={(each) => each.id}
          empty={
            <Empty title={t("reach.accountsEmpty")} hint={t("reach.accountsEmptyHint")} icon={<ApiOutlined />}>
              {make}
            </Empty>
          }
        />
      </Panel>
      {open && <AccountDialog account={open.account} onClose={() => { setOpen(null); }} />}
      {trying && <TryDialog account={trying} onClose={() => { setTrying(null); }} />}
    </Page>
  );
}

function useColumns(onEdit: (account: Account) => void, onTry: (account: Account) => void): Column<Account>[] {
  const t = useT();
  const { may } = useMember();
  const kinds = useKinds();
  const channelOf = (name: string) => {
    const key = channelKey(name);
    return key ? t(key) : name;
  };
  return [
    {
      key: "name",
      title: t("common.name"),
      phone: "lead",
      render: (each) => (
        <span className="stack" style={{ gap: 0 }}>
          {may("channels.write") ? (
            <button type="button" className="plain-button link-like clip" onClick={() => { onEdit(each); }}>
              {each.name}
            </button>
          ) : (
            each.name
          )}
          <span className="small faint">{kinds.data?.find((kind) => kind.name === each.adapter)?.label ?? each.adapter}</span>
        </span>
      ),
    },
    { key: "channel", title: t("reach.channel"), width: 150, render: (each) => channelOf(each.channel) },
    { key: "rate", title: t("reach.rate"), width: 110, number: true, phone: "labelled", render: (each) => t("reach.perSecond", { n: each.rate }) },
    { key: "state", title: t("common.status"), width: "28%", render: (each) => <Standing account={each} /> },
    ...(may("channels.write")
      ? [
          {
            key: "acts",
            title: "",
            width: 170,
            render: (each: Account) => (
              <span className="row">
                <Turn account={each} />
                <Button size="small" type="text" onClick={() => { onTry(each); }}>
                  {t("reach.try")}
                </Button>
              </span>
            ),
          },
        ]
      : []),
  ];
}

function Standing({ account }: { account: Account }) {
  const t = useT();
  return (
    <span className="stack" style={{ gap: 0 }}>
      <State mood={account.state === "active" ? (account.rests_until ? "busy" : "good") : account.state === "paused" ? "busy" : "still"}>{t(`reach.account_${account.state}`)}</State>
      {account.rests_until && (
        <span className="small faint wrap">
          {account.trouble} · {t("reach.restsUntil")} <When at={account.rests_until} />
        </span>
      )}
    </span>
  );
}

function Turn({ account }: { account: Account }) {
  const t = useT();
  const turn = useTurnAccount(account.id);
  const paused = account.state !== "active";
  return (
    <Button size="small" loading={turn.isPending} onClick={() => { turn.mutate(paused ? "active" : "paused"); }}>
      {t(paused ? "reach.accountResume" : "reach.accountPause")}
    </Button>
  );
}
