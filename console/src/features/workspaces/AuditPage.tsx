import { Button, DatePicker, Input } from "antd";
import dayjs from "dayjs";
import { useSearchParams } from "react-router";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { exact, timeZone, whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Rows, type Column } from "@/ui/Rows";
import { State } from "@/ui/State";
import { useDebounced } from "@/ui/useDebounced";

import { useAudit, useVerifyAudit } from "./settingsApi";

type Record = components["schemas"]["AuditOut"];

/** Who did what to what and when; filters stand in the address. */
export function AuditPage() {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const of = (name: string) => search.get(name) ?? "";
  const filter = useDebounced(search.toString());
  const settled = new URLSearchParams(filter);
  const records = useAudit({
    actor: settled.get("actor") ?? "",
    action: settled.get("action") ?? "",
    target: settled.get("target") ?? "",
    since: settled.get("since"),
    until: settled.get("until"),
  });
  const set = (changes: { [name: string]: string | null }) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setSearch(next, { replace: true });
  };
  return (
    <Page title={t("settings.audit")} answer={t("settings.auditAnswer")} actions={<Chain />}>
      <div className="filters">
        {(["actor", "action", "target"] as const).map((name) => (
          <Input
            key={name}
            allowClear
            style={{ width: 180 }}
            value={of(name)}
            aria-label={t(labels[name])}
            placeholder={`${t(labels[name])} ${examples[name]}`}
            onChange={(event) => { set({ [name]: event.target.value.trim() }); }}
          />
        ))}
        <DatePicker.RangePicker
          allowEmpty={[true, true]}
          placeholder={[t("settings.auditSince"), t("settings.auditUntil")]}
          value={[of("since") ? dayjs(of("since")) : null, of("until") ? dayjs(of("until")).subtract(1, "day") : null]}
          onChange={(range) => { set({ since: zoned(range?.[0] ?? null, 0), until: zoned(range?.[1] ?? null, 1) }); }}
        />
      </div>
      <Panel flush>
        <Rows label={t("settings.audit")} query={records} columns={useColumns((actor) => { set({ actor }); }, (target) => { set({ target }); })} rowKey={(each) => each.id} empty={<Empty title={t("settings.auditEmpty")} hint={t("settings.auditEmptyHint")} />} />
      </Panel>
    </Page>
  );
}

const labels = { actor: "settings.auditActor", action: "settings.auditAction", target: "settings.auditTarget" } as const;
const examples = { actor: "user:7", action: "tags", target: "customer:12" };

/** The beginning of a day where the brand is, as an instant. */
function zoned(day: dayjs.Dayjs | null, plus: number): string | null {
  return day ? dayjs.tz(day.add(plus, "day").format("YYYY-MM-DD"), timeZone()).toISOString() : null;
}

function Chain() {
  const t = useT();
  const verify = useVerifyAudit();
  const verdict = verify.data;
  return (
    <div className="row wrapping">
      {verify.error && <Refused error={verify.error} />}
      {verdict && (
        <span role="status">
          <State mood={verdict.is_intact ? "good" : "bad"}>
            {verdict.is_intact ? t("settings.auditChainWhole", { n: whole(verdict.sealed + verdict.waiting) }) : t("settings.auditChainBroken", { n: verdict.broken_at ?? "?" })}
          </State>
        </span>
      )}
      <Button loading={verify.isPending} onClick={() => { verify.mutate(); }}>
        {t("settings.auditCheck")}
      </Button>
    </div>
  );
}

function useColumns(onActor: (actor: string) => void, onTarget: (target: string) => void): Column<Record>[] {
  const t = useT();
  return [
    {
      key: "actor",
      title: t("settings.auditActor"),
      width: 130,
      render: (each) => (
        <button type="button" className="plain-button clip" style={{ maxWidth: "100%" }} title={each.actor} onClick={() => { onActor(each.actor); }}>
          {each.actor_name || each.actor}
        </button>
      ),
    },
    { key: "action", title: t("settings.auditAction"), width: 210, phone: "lead", render: (each) => <code>{each.action}</code> },
    {
      key: "target",
      title: t("settings.auditTarget"),
      width: 130,
      render: (each) => (
        <button type="button" className="plain-button mono clip" style={{ maxWidth: "100%" }} title={each.target} onClick={() => { onTarget(each.target); }}>
          {each.target}
        </button>
      ),
    },
    {
      key: "detail",
      title: t("settings.auditDetail"),
      phone: "hide",
      render: (each) => (Object.keys(each.detail).length === 0 ? null : <Detail detail={each.detail} />),
    },
    { key: "at", title: t("settings.auditAt"), width: 150, render: (each) => <time className="tabular small" dateTime={each.at}>{exact(each.at)}</time> },
  ];
}

function Detail({ detail }: { detail: Record["detail"] }) {
  const written = JSON.stringify(detail);
  return (
    <details>
      <summary className="clip mono faint">{written.slice(0, 60)}</summary>
      <pre className="wrap" style={{ whiteSpace: "pre-wrap", marginTop: 4 }}>
        {JSON.stringify(detail, null, 1)}
      </pre>
    </details>
  );
}
