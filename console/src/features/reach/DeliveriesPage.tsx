import { CloseOutlined, SendOutlined } from "@ant-design/icons";
import { Button, Popconfirm, Segmented, Select } from "antd";
import { Link, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Person } from "@/ui/Person";
import { PersonPick } from "@/ui/PersonPick";
import { Rows, type Column } from "@/ui/Rows";
import { State } from "@/ui/State";
import { useNarrow } from "@/ui/useNarrow";
import { When } from "@/ui/When";

import { useDeliveries, useResend, type ReachDelivery } from "./policyApi";
import { channelKey, channels, moods, stateKeys, views } from "./reachWords";

/** Every message to every person: how far it came, and why not further. What narrows it stands in the address. */
export function DeliveriesPage() {
  const t = useT();
  const { may, path } = useMember();
  const [search, setSearch] = useSearchParams();
  const view = search.get("view") ?? "all";
  const channel = search.get("channel") ?? "";
  const customer = Number(search.get("customer")) || null;
  const sending = Number(search.get("sending")) || null;
  const journey = Number(search.get("journey")) || null;
  const audience = Number(search.get("audience")) || null;
  const rows = useDeliveries({ state: views[view]?.states ?? [], channel, reason: search.get("reason") ?? "", customer_id: customer, sending_id: sending, journey, audience_id: audience, since: search.get("since"), until: search.get("until") });
  const set = (name: string, value: string) => {
    setSearch((before) => {
      if (value) before.set(name, value);
      else before.delete(name);
      return before;
    }, { replace: true });
  };
  const plain = [...search.keys()].length === 0;
  return (
    <Page title={t("reach.deliveries")} answer={t("reach.deliveriesAnswer")} actions={<Link to={path("mass")}>{t("mass.title")}</Link>}>
      <div className="filters">
        <Views value={view in views ? view : "all"} onChoose={(chosen) => { set("view", chosen === "all" ? "" : chosen); }} />
        <Select aria-label={t("reach.channel")} value={channel} options={[{ value: "", label: t("reach.channel_any") }, ...channels.map((each) => ({ value: each, label: t(`reach.channel_${each}`) }))]} onChange={(chosen) => { set("channel", chosen); }} style={{ width: 160 }} />
        {(journey !== null || sending !== null || audience !== null || search.get("reason")) && <Button onClick={() => { setSearch({}, { replace: true }); }}>{t("reach.onlySome")} <CloseOutlined aria-hidden /></Button>}
        {may("customers.read") && (
          <span style={{ width: 240 }}>
            <PersonPick value={customer} onPick={(id) => { set("customer", id === null ? "" : String(id)); }} waits />
          </span>
        )}
      </div>
      <Panel flush>
        <Rows
          label={t("reach.deliveries")}
          query={rows}
          columns={useColumns()}
          rowKey={(each) => each.token}
          empty={plain ? <Empty title={t("reach.deliveriesEmpty")} hint={t("reach.deliveriesEmptyHint")} icon={<SendOutlined />} /> : <Empty title={t("common.none")} />}
        />
      </Panel>
    </Page>
  );
}

/** How far they came; a list to choose from where the screen is narrow. */
function Views({ value, onChoose }: { value: string; onChoose: (value: string) => void }) {
  const t = useT();
  const given = { "aria-label": t("common.status"), value, options: Object.entries(views).map(([name, each]) => ({ value: name, label: t(each.label) })) };
  return useNarrow() ? <Select {...given} onChange={onChoose} style={{ width: 160 }} /> : <Segmented {...given} onChange={onChoose} />;
}

function useColumns(): Column<ReachDelivery>[] {
  const t = useT();
  const { path } = useMember();
  const channelOf = (name: string) => {
    const key = channelKey(name);
    return key ? t(key) : name;
  };
  return [
    { key: "who", title: t("reach.who"), phone: "lead", render: (each) => <Person id={each.customer_id} name={each.customer_name} to={path(`customers/${String(each.customer_id)}`)} /> },
    { key: "message", title: t("messages.title"), render: (each) => <span className="clip" style={{ display: "block" }} title={each.message}>{each.message}</span> },
    { key: "channel", title: t("reach.channel"), width: 120, render: (each) => channelOf(each.channel) },
    {
      key: "state",
      title: t("common.status"),
      width: "32%",
      render: (each) => (
        <span className="stack" style={{ gap: 0 }}>
          <State mood={moods[each.state]}>{t(stateKeys[each.state])}</State>
          <Why delivery={each} />
          {(each.state === "failed" || each.state === "unknown") && <Resend delivery={each} />}
        </span>
      ),
    },
    { key: "at", title: t("messages.changed"), width: 120, phone: "labelled", render: (each) => <When at={each.sent_at ?? each.changed_at} /> },
  ];
}

/** Why it did not get further, or what it waits for. */
function Why({ delivery }: { delivery: ReachDelivery }) {
  const t = useT();
  if (delivery.why) return <span className="small faint wrap">{delivery.why}</span>;
  if (delivery.state === "queued" && delivery.not_before) {
    return (
      <span className="small faint">
        {t("reach.waitsUntil")} <When at={delivery.not_before} />
      </span>
    );
  }
  return delivery.detail ? <span className="small faint wrap">{delivery.detail}</span> : null;
}

/** A dead letter is sent again by hand. */
function Resend({ delivery }: { delivery: ReachDelivery }) {
  const t = useT();
  const { may } = useMember();
  const resend = useResend();
  if (!may("reach.write")) return null;
  if (resend.data) return <span className="small faint">{t("reach.resent", { n: resend.data.count })}</span>;
  return (
    <span>
      <Popconfirm title={t("reach.resendSure")} okText={t("reach.resend")} cancelText={t("common.cancel")} onConfirm={() => { resend.mutate(delivery); }}>
        <Button size="small" loading={resend.isPending}>
          {t("reach.resend")}
        </Button>
      </Popconfirm>
    </span>
  );
}
