import { Button, DatePicker, Input, Segmented, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useNavigate } from "react-router";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";

import { AfterAdding } from "./AfterAdding";
import { useSaveCode, useSourceChannels, type CodeDetail, type CodeRules } from "./acquisitionApi";
import { Field } from "./Field";
import { GroupsBehind } from "./GroupsBehind";
import { ReadAloud } from "./ReadAloud";
import { Shifts } from "./Shifts";
import { Verification } from "./Verification";
import "./acquisition.css";

const FRESH: CodeRules = { members: [], backups: [], skip: "always", skip_windows: [], tags: [], remark: "", welcomes: [], exclusive: false, groups: [], founds_groups: true, group_name: "", group_number: 1 };

/** The rules of a code, and beside them what they mean in one sentence. */
export function CodeForm({ code }: { code: CodeDetail | null }) {
  const t = useT();
  const { path } = useMember();
  const navigate = useNavigate();
  const save = useSaveCode(code?.id ?? null);
  const [name, setName] = useState(code?.name ?? "");
  const [kind, setKind] = useState(code?.kind ?? "staff");
  const [channel, setChannel] = useState(code?.channel_id ?? null);
  const [expires, setExpires] = useState(code?.expires_at ?? null);
  const [rules, setRules] = useState<CodeRules>({ ...FRESH, ...code?.rules });
  const change = (some: Partial<CodeRules>) => { setRules({ ...rules, ...some }); };
  const back = code ? { to: path(`codes/${String(code.id)}`), label: code.name } : { to: path("codes"), label: t("acquisition.codes") };
  const send = () => {
    save.mutate({ name: name.trim(), kind, channel_id: channel, expires_at: expires, rules }, { onSuccess: (saved) => void navigate(path(`codes/${String(saved.id)}`)) });
  };
  const ready = name.trim() !== "" && (kind === "staff" ? (rules.members?.length ?? 0) > 0 : (rules.groups?.length ?? 0) > 0);
  return (
    <Page title={code ? t("acquisition.editCode") : t("acquisition.newCode")} back={back}>
      <div className="code-form">
        <div className="stack">
          <Panel title={t("acquisition.basics")}>
            <div className="stack">
              <Field label={t("common.name")}>
                <Input aria-label={t("common.name")} value={name} maxLength={60} placeholder={t("acquisition.nameHint")} onChange={(event) => { setName(event.target.value); }} />
              </Field>
              {code === null && (
                <Field label={t("acquisition.kind")}>
                  <Segmented aria-label={t("acquisition.kind")} value={kind} options={(["staff", "group"] as const).map((each) => ({ value: each, label: t(`acquisition.kind_${each}`) }))} onChange={setKind} />
                </Field>
              )}
              <ChannelField value={channel} onChange={setChannel} />
              <Field label={t("acquisition.expires")} hint={t("acquisition.expiresHint")}>
                <DatePicker aria-label={t("acquisition.expires")} showTime={{ format: "HH:mm" }} value={expires ? dayjs(expires) : null} onChange={(at) => { setExpires(at ? at.toISOString() : null); }} />
              </Field>
            </div>
          </Panel>
          {kind === "staff" ? <Shifts rules={rules} onChange={change} /> : <GroupsBehind rules={rules} onChange={change} />}
          {kind === "staff" && <Verification rules={rules} onChange={change} />}
          {kind === "staff" && <AfterAdding rules={rules} onChange={change} />}
        </div>
        <aside className="stack code-aside">
          <ReadAloud rules={rules} />
          <Refused error={save.error} />
          <Button type="primary" block disabled={!ready} loading={save.isPending} onClick={send}>
            {code ? t("acquisition.saveCode") : t("acquisition.makeCode")}
          </Button>
          {!ready && <p className="small faint">{t("acquisition.notReady")}</p>}
        </aside>
      </div>
    </Page>
  );
}

function ChannelField({ value, onChange }: { value: number | null; onChange: (id: number | null) => void }) {
  const t = useT();
  const channels = itemsOf(useSourceChannels());
  return (
    <Field label={t("acquisition.channel")} hint={t("acquisition.channelHint")}>
      <Select aria-label={t("acquisition.channel")} allowClear value={value} placeholder={t("common.none")} onChange={(id?: number | null) => { onChange(id ?? null); }} options={channels.map((each) => ({ value: each.id, label: each.name }))} style={{ width: "100%", maxWidth: 320 }} />
    </Field>
  );
}
