import { Button, Switch } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Consequence } from "@/ui/Consequence";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Table, type Column } from "@/ui/Rows";
import { SearchBox } from "@/ui/SearchBox";
import { When } from "@/ui/When";

import { LimitDialog } from "./LimitDialog";
import { abouts, useLimits, useRestoreLimit, type Limit } from "./limitsApi";
import { WecomTabs } from "./WecomTabs";

/** What the platform lets through: what is counted with, where it was read, and what was changed here. */
export function LimitsPage() {
  const t = useT();
  const { path } = useMember();
  const limits = useLimits();
  const changed = (limits.data ?? []).filter((each) => each.change !== null).length;
  return (
    <Page title={t("limits.title")} answer={limits.data ? t("limits.count", { n: whole(limits.data.length), changed: whole(changed) }) : t("limits.answer")} back={{ to: path("wecom"), label: t("wecom.title") }}>
      <WecomTabs />
      <p className="quiet">{t("limits.answer")}</p>
      <Answered query={limits}>{(found) => <Inside limits={found} />}</Answered>
    </Page>
  );
}

function Inside({ limits }: { limits: Limit[] }) {
  const t = useT();
  const [words, setWords] = useState("");
  const [changedOnly, setChangedOnly] = useState(false);
  const [unfolded, setUnfolded] = useState(false);
  const [open, setOpen] = useState<Limit | null>(null);
  const [back, setBack] = useState<Limit | null>(null);
  const restore = useRestoreLimit();
  const q = words.trim().toLowerCase();
  const shown = limits.filter((each) => (!changedOnly || each.change !== null) && (q === "" || each.label.toLowerCase().includes(q) || each.name.toLowerCase().includes(q)));
  const columns = useColumns(setOpen, (limit) => { restore.reset(); setBack(limit); });
  return (
    <>
      <div className="filters">
        <SearchBox label={t("limits.find")} value={words} onSearch={setWords} />
        <label className="row">
          <Switch size="small" checked={changedOnly} onChange={setChangedOnly} aria-label={t("limits.onlyChanged")} />
          {t("limits.onlyChanged")}
        </label>
      </div>
      {shown.length === 0 && <Empty title={t(changedOnly && q === "" ? "limits.none" : "common.none")} />}
      {abouts.map((about) => {
        const mine = shown.filter((each) => each.about === about);
        const folded = about === "calls" && !unfolded && !changedOnly && q === "";
        return (
          mine.length > 0 && (
            <Panel
              key={about}
              flush
              title={t(`limits.about_${about}`)}
              note={about === "calls" ? t("limits.callsNote") : undefined}
              extra={folded && <Button size="small" onClick={() => { setUnfolded(true); }}>{t("limits.unfold", { n: whole(mine.length) })}</Button>}
            >
              {!folded && <Table label={t(`limits.about_${about}`)} columns={columns} rows={mine} rowKey={(each) => each.name} />}
            </Panel>
          )
        );
      })}
      {open && <LimitDialog limit={open} onClose={() => { setOpen(null); }} />}
      <Consequence open={back !== null} title={t("limits.restoreSure")} act={t("limits.restore")} busy={restore.isPending} error={restore.error} onClose={() => { setBack(null); }} onAct={() => { if (back) restore.mutate(back.name, { onSuccess: () => { setBack(null); } }); }}>
        <p>{t("limits.restoreWhat", { label: back?.label ?? "", n: back ? defaultOf(back, t) : "" })}</p>
      </Consequence>
    </>
  );
}

type T = ReturnType<typeof useT>;

function defaultOf(limit: Limit, t: T): string {
  return limit.follows_month ? t("limits.month") : whole(limit.default);
}

function useColumns(onChange: (limit: Limit) => void, onRestore: (limit: Limit) => void): Column<Limit>[] {
  const t = useT();
  return [
    { key: "label", title: t("limits.limit"), phone: "lead", render: (each) => <span className="wrap">{each.label}</span> },
    { key: "value", title: t("limits.value"), width: 130, number: true, phone: "labelled", render: (each) => <Value limit={each} /> },
    { key: "since", title: t("limits.since"), width: 150, phone: "labelled", render: (each) => <Since limit={each} /> },
    { key: "source", title: t("limits.source"), width: 120, phone: "labelled", render: (each) => (each.source ? <a href={each.source} target="_blank" rel="noreferrer">{t("limits.document")}</a> : <span className="faint">{t("limits.ours")}</span>) },
    { key: "changed", title: t("limits.changed"), width: 250, phone: "labelled", render: (each) => <Changed limit={each} /> },
    {
      key: "acts",
      title: "",
      width: 140,
      render: (each) =>
        each.may_change && (
          <span className="row">
            <Button size="small" aria-label={`${t("limits.change")} ${each.label}`} onClick={() => { onChange(each); }}>{t("limits.change")}</Button>
            {each.change && <Button size="small" type="text" aria-label={`${t("limits.restore")} ${each.label}`} onClick={() => { onRestore(each); }}>{t("limits.restore")}</Button>}
          </span>
        ),
    },
  ];
}

function Value({ limit }: { limit: Limit }) {
  const t = useT();
  if (limit.value === null) return <span className="faint">{t("limits.off")}</span>;
  const isDefault = limit.change === null;
  return (
    <span className="stack" style={{ gap: 0 }}>
      <span className="strong">{isDefault && limit.follows_month ? t("limits.month") : whole(limit.value)}</span>
      {!isDefault && <span className="small faint">{t("limits.default", { n: defaultOf(limit, t) })}</span>}
    </span>
  );
}

function Since({ limit }: { limit: Limit }) {
  const t = useT();
  return (
    <span className="stack tabular" style={{ gap: 0 }}>
      {limit.since && <span>{t("limits.asOf", { at: limit.since })}</span>}
      {limit.seen !== "ours" && <span className="small faint">{t("limits.seen", { at: limit.seen })}</span>}
    </span>
  );
}

function Changed({ limit }: { limit: Limit }) {
  const t = useT();
  const change = limit.change;
  if (!change) return <span className="faint">—</span>;
  const number = change.value === null ? t("limits.off") : whole(change.value);
  const coming = limit.value !== change.value && change.since !== null;
  return (
    <span className="stack" style={{ gap: 0 }}>
      <span>{coming ? t("limits.thenTo", { at: change.since ?? "", n: number }) : `${change.value === null ? number : t("limits.changedTo", { n: number })}${change.since ? ` · ${t("limits.fromDay", { at: change.since })}` : ""}`}</span>
      <span className="small faint">
        {change.made_by && t("limits.by", { name: change.made_by })}
        <When at={change.made_at} none="" />
      </span>
    </span>
  );
}
