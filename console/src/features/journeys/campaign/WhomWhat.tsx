import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Select } from "antd";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { useAudienceOptions } from "@/ui/useAudienceOptions";

import { Labelled } from "../fields";
import type { Draft } from "./CampaignPage";

interface Named {
  id: number;
  name: string;
  channel: string;
}

interface WhomWhatProps {
  draft: Draft;
  account: number | null;
  accounts: Named[];
  messages: Named[];
  onDraft: (draft: Draft) => void;
}

const MOST = 5;

/** Whom, which message or messages, by which way out. */
export function WhomWhat({ draft, account, accounts, messages, onDraft }: WhomWhatProps) {
  const t = useT();
  const { path } = useMember();
  const audiences = useAudienceOptions();
  const several = draft.messages.length > 1;
  const channel = messages.find((each) => each.id === draft.messages[0])?.channel;
  const setMessage = (place: number, picked: number) => { onDraft({ ...draft, messages: draft.messages.map((each, at) => (at === place ? picked : each)), ...(place === 0 ? { account: null } : {}) }); };
  return (
    <>
      <Labelled label={t("journeys.toWhom")}>
        <Select {...audiences} aria-label={t("journeys.toWhom")} placeholder={t("journeys.toWhom")} value={draft.audience} onChange={(picked: number | null) => { onDraft({ ...draft, audience: picked }); }} />
      </Labelled>
      <Labelled label={t("journeys.what")}>
        <span className="stack tight">
          {draft.messages.map((message, place) => (
            <span key={place} className="row">
              <Select<number>
                aria-label={several ? t("campaigns.messageN", { n: "ABCDE"[place] ?? "" }) : t("journeys.what")}
                placeholder={t("journeys.what")}
                {...(message === null ? {} : { value: message })}
                showSearch={{ optionFilterProp: "label" }}
                options={messages.filter((each) => place === 0 || each.channel === channel).map((each) => ({ value: each.id, label: each.name }))}
                onChange={(picked) => { setMessage(place, picked); }}
                notFoundContent={<Link to={path("messages/new")}>{t("messages.create")}</Link>}
                className="grow"
                {...(several ? { prefix: <span className="faint">{"ABCDE"[place]}</span> } : {})}
              />
              {several && <Button type="text" icon={<CloseOutlined />} aria-label={t("campaigns.dropVariant")} onClick={() => { onDraft({ ...draft, messages: draft.messages.filter((_, at) => at !== place) }); }} />}
            </span>
          ))}
          {several && <Checkbox checked={draft.best} onChange={(event) => { onDraft({ ...draft, best: event.target.checked }); }}>{t("campaigns.best")}</Checkbox>}
          {several && <span className="small faint">{t("campaigns.compareHint")}</span>}
          {draft.messages[0] !== null && draft.messages.length < MOST && (
            <span>
              <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => { onDraft({ ...draft, messages: [...draft.messages, null] }); }}>
                {t("campaigns.compareWith")}
              </Button>
            </span>
          )}
        </span>
      </Labelled>
      <Labelled label={t("journeys.byWhat")}>
        <Select<number> aria-label={t("journeys.byWhat")} placeholder={t("journeys.byWhat")} {...(account === null ? {} : { value: account })} options={accounts.map((each) => ({ value: each.id, label: each.name }))} onChange={(picked) => { onDraft({ ...draft, account: picked }); }} notFoundContent={<Link to={path("channels")}>{t("journeys.noAccount")}</Link>} />
      </Labelled>
    </>
  );
}
