import { CloseCircleFilled } from "@ant-design/icons";
import { Button, DatePicker, Input, Select } from "antd";
import dayjs from "dayjs";
import { useSearchParams } from "react-router";

import { useT, useWord } from "@/i18n";
import { timeZone, whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Rows } from "@/ui/Rows";
import { State } from "@/ui/State";
import { useDebounced } from "@/ui/useDebounced";

import { useAudit, useVerifyAudit } from "./settingsApi";
import { useAuditColumns } from "./useAuditColumns";

/** Who did what to what and when; filters stand in the address. */
export function AuditPage() {
  const t = useT();
  const word = useWord();
  const [search, setSearch] = useSearchParams();
  const of = (name: string) => search.get(name) ?? "";
  // One action alone, as an address elsewhere may ask for it.
  const single = areas.some((each) => each === of("action")) ? "" : of("action");
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
        <Select
          aria-label={t("settings.auditAction")}
          style={{ flex: "0 1 220px", minWidth: 140 }}
          value={of("action")}
          options={[{ value: "", label: t("audit.everything") }, ...areas.map((each) => ({ value: each, label: t(`audit.areas.${each}`) })), ...(single ? [{ value: single, label: word(`audit.did.${single}`) ?? single }] : [])]}
          onChange={(action) => { set({ action }); }}
        />
        {(["actor", "target"] as const).map((name) => (
          <Input
            key={name}
            allowClear={{ clearIcon: <CloseCircleFilled aria-label={t("common.clear")} /> }}
            style={{ flex: "0 1 200px", minWidth: 140 }}
            value={of(name)}
            aria-label={t(labels[name])}
            placeholder={t("common.example", { what: t(labels[name]), example: examples[name] })}
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
        <Rows label={t("settings.audit")} query={records} columns={useAuditColumns((actor) => { set({ actor }); }, (target) => { set({ target }); })} rowKey={(each) => each.id} empty={<Empty title={t("settings.auditEmpty")} hint={t("settings.auditEmptyHint")} />} />
      </Panel>
    </Page>
  );
}

const areas = ["customers", "tags", "audiences", "reach", "journeys", "wecom", "events", "tracking", "workspaces"] as const;
const labels = { actor: "settings.auditActor", target: "settings.auditTarget" } as const;
const examples = { actor: "user:7", target: "customer:12" };

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
