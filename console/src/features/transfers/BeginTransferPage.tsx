import { Button, Form, Input, Radio, Select, Switch } from "antd";
import { useState, type ReactNode } from "react";
import { useNavigate, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { Consequence } from "@/ui/Consequence";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { PeoplePick } from "@/ui/PeoplePick";
import { Refused } from "@/ui/Refused";
import { useAudienceOptions } from "@/ui/useAudienceOptions";
import { useDebounced } from "@/ui/useDebounced";

import { Ahead } from "./Ahead";
import "./transfers.css";
import { useBeginTransfer, useLeavers, useTransferable, useTransferPreview, type TransferAsked } from "./transfersApi";

const MESSAGE = 200;
const which = ["everyone", "audience", "chosen", "nobody"] as const;
type Which = NonNullable<TransferAsked["customers"]>;

interface Chosen {
  giver: number | null;
  taker: number | null;
  customers: Which;
  audience_id: number | null;
  customer_ids: number[];
  groups: "all" | "none";
}

interface StaffOption {
  value: number;
  label: string;
  note: string;
  able: boolean;
}


/** Who hands over to whom; what will come of it is said before anything is asked. */
export function BeginTransferPage() {
  const t = useT();
  const { path } = useMember();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [chosen, setChosen] = useState<Chosen>({ giver: Number(search.get("giver")) || null, taker: Number(search.get("taker")) || null, customers: "everyone", audience_id: null, customer_ids: [], groups: "all" });
  const [message, setMessage] = useState("");
  const [sure, setSure] = useState(false);
  const asked = useDebounced(askedOf(chosen), 150);
  const preview = useTransferPreview(asked);
  const begin = useBeginTransfer();
  const found = preview.data;
  const names = useNames();
  const going = asked && found ? { n: found.goes, groups: found.groups } : { n: 0, groups: 0 };
  const act = t(going.groups === 0 ? "transfers.act" : going.n === 0 ? "transfers.actGroups" : "transfers.actBoth", going);
  const ready = asked !== null && !preview.isFetching && preview.error === null && going.n + going.groups > 0;
  return (
    <Page title={t("transfers.begin")} answer={t("transfers.answerNone")} back={{ to: path("team/transfers"), label: t("transfers.back") }}>
      <div className="transfer-begin">
        <Panel>
          <Form layout="vertical">
            <Parties chosen={chosen} onChange={setChosen} />
            <Whom chosen={chosen} onChange={setChosen} />
            {!found?.is_resigned && chosen.customers !== "nobody" && (
              <Form.Item label={t("transfers.message")} extra={t("transfers.messageHint")}>
                <Input.TextArea aria-label={t("transfers.message")} value={message} maxLength={MESSAGE} autoSize={{ minRows: 2, maxRows: 5 }} onChange={(event) => { setMessage(event.target.value); }} />
              </Form.Item>
            )}
          </Form>
        </Panel>
        <Panel title={t("transfers.preview")}>
          <Ahead asked={asked !== null} preview={preview} />
          <Button type="primary" block disabled={!ready} onClick={() => { setSure(true); }} style={{ marginTop: 16 }}>
            {ready ? act : t("transfers.begin")}
          </Button>
        </Panel>
      </div>
      <Consequence
        open={sure && asked !== null}
        title={t("transfers.sure", { giver: names(chosen.giver), taker: names(chosen.taker) })}
        act={act}
        busy={begin.isPending}
        error={begin.error}
        onClose={() => { setSure(false); }}
        onAct={() => {
          if (asked) begin.mutate({ ...asked, message: found?.is_resigned ? "" : message.trim() }, { onSuccess: (made) => void navigate(path(`team/transfers/${String(made.id)}`)) });
        }}
      >
        <p>{t("transfers.goesNote")}</p>
        <p>{t("transfers.sureNote")}</p>
      </Consequence>
    </Page>
  );
}

/** What is asked of the server; null while somebody is missing. */
function askedOf({ giver, taker, ...whom }: Chosen): TransferAsked | null {
  if (giver === null || taker === null) return null;
  if (whom.customers === "audience" && !whom.audience_id) return null;
  if (whom.customers === "chosen" && whom.customer_ids.length === 0) return null;
  return { giver_id: giver, taker_id: taker, group_ids: [], ...whom };
}

function useNames() {
  const staff = useTransferable("").data ?? [];
  const left = itemsOf(useLeavers());
  return (id: number | null) => [...staff, ...left].find((each) => each.staff_id === id)?.name ?? "";
}

function Parties({ chosen, onChange }: { chosen: Chosen; onChange: (chosen: Chosen) => void }) {
  const t = useT();
  const left = itemsOf(useLeavers());
  const [words, setWords] = useState("");
  const staff = useTransferable(useDebounced(words.trim(), 200));
  const people = (staff.data ?? []).map((each) => ({ value: each.staff_id, label: each.name, note: t("transfers.has", { n: each.customers, groups: each.groups }), able: each.can_take_over }));
  const leavers = left
    .filter((each) => each.name.includes(words.trim()))
    .map((each) => ({ value: each.staff_id, label: `${each.name} · ${t("transfers.hasLeft")}`, note: t("transfers.has", { n: each.unassigned, groups: each.groups }), able: false }));
  const given = {
    showSearch: { filterOption: false, onSearch: setWords },
    loading: staff.isFetching,
    allowClear: true,
    optionRender: ({ label, data }: { label?: ReactNode; data: StaffOption }) => (
      <span className="row apart">
        <span className="clip">{label}</span>
        <span className="small faint tabular">{data.note}</span>
      </span>
    ),
  };
  return (
    <>
      <Refused error={staff.error} onRetry={() => void staff.refetch()} />
      <Form.Item label={t("transfers.giver")}>
        <Select<number | null, StaffOption> {...given} aria-label={t("transfers.giver")} placeholder={t("transfers.giverPick")} value={chosen.giver} options={[...leavers, ...people]} onChange={(giver) => { onChange({ ...chosen, giver: giver ?? null }); }} />
      </Form.Item>
      <Form.Item label={t("transfers.taker")}>
        <Select<number | null, StaffOption> {...given} aria-label={t("transfers.taker")} placeholder={t("transfers.takerPick")} value={chosen.taker} options={people.filter((each) => each.able && each.value !== chosen.giver)} onChange={(taker) => { onChange({ ...chosen, taker: taker ?? null }); }} />
      </Form.Item>
    </>
  );
}

function Whom({ chosen, onChange }: { chosen: Chosen; onChange: (chosen: Chosen) => void }) {
  const t = useT();
  const { may } = useMember();
  const choose = (value: unknown) => {
    const customers = which.find((each) => each === value) ?? "everyone";
    onChange({ ...chosen, customers, groups: customers === "nobody" ? "all" : chosen.groups });
  };
  const kinds = which.filter((each) => each !== "audience" || may("audiences.read")).map((each) => ({ value: each, label: t(`transfers.whom_${each}`) }));
  return (
    <>
      <Form.Item label={t("transfers.whom")}>
        <Radio.Group value={chosen.customers} options={kinds} onChange={(event) => { choose(event.target.value); }} />
      </Form.Item>
      {chosen.customers === "audience" && <AudiencePick value={chosen.audience_id} onPick={(audience_id) => { onChange({ ...chosen, audience_id }); }} />}
      {chosen.customers === "chosen" && (
        <Form.Item>
          <PeoplePick label={t("transfers.whom_chosen")} placeholder={t("transfers.peoplePick")} values={chosen.customer_ids} onPick={(customer_ids) => { onChange({ ...chosen, customer_ids }); }} />
        </Form.Item>
      )}
      <Form.Item>
        <label className="row">
          <Switch checked={chosen.groups === "all"} disabled={chosen.customers === "nobody"} aria-label={t("transfers.withGroups")} onChange={(on) => { onChange({ ...chosen, groups: on ? "all" : "none" }); }} />
          {t("transfers.withGroups")}
        </label>
      </Form.Item>
    </>
  );
}

function AudiencePick({ value, onPick }: { value: number | null; onPick: (id: number | null) => void }) {
  const t = useT();
  const audiences = useAudienceOptions();
  return (
    <Form.Item>
      <Select<number | null> {...audiences} aria-label={t("transfers.audiencePick")} placeholder={t("transfers.audiencePick")} value={value} onChange={(picked) => { onPick(picked ?? null); }} />
    </Form.Item>
  );
}
