import { PlusOutlined } from "@ant-design/icons";
import { Button, Divider, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";

import { Labelled } from "./fields";
import { useAccountNames, useMessageNames } from "./journeysApi";
import { WriteMessage } from "./WriteMessage";

interface AccountPickProps {
  value: number | null;
  onChange: (account: number) => void;
  label: string;
  problem?: string | undefined;
}

/** The way out that messages leave by; who has none yet is told where to open one. */
export function AccountPick({ value, onChange, label, problem }: AccountPickProps) {
  const t = useT();
  const { path, may } = useMember();
  const accounts = useAccountNames();
  const usable = (accounts.data ?? []).filter((each) => each.state !== "archived");
  return (
    <Labelled label={label} problem={problem}>
      <Select<number>
        aria-label={label}
        placeholder={t("faces.accountPick")}
        status={problem ? "error" : ""}
        {...(value === null ? {} : { value })}
        loading={accounts.isPending}
        showSearch={{ optionFilterProp: "label" }}
        options={usable.map((each) => ({ value: each.id, label: each.name }))}
        onChange={onChange}
        notFoundContent={accounts.isPending ? t("common.loading") : may("reach.read") ? <Link to={path("channels")}>{t("journeys.noAccount")}</Link> : t("common.none")}
      />
    </Labelled>
  );
}

interface MessagePickProps {
  value: number | null;
  onChange: (message: number) => void;
  label: string;
  /** Only what this account can send is offered. */
  account: number | null;
  /** What a message written here is called, unless its author says otherwise. */
  called: string;
  problem?: string | undefined;
}

/** One of the messages, or one written on the spot. */
export function MessagePick({ value, onChange, label, account, called, problem }: MessagePickProps) {
  const t = useT();
  const { may } = useMember();
  const messages = useMessageNames();
  const channel = useAccountNames().data?.find((each) => each.id === account)?.channel;
  const [open, setOpen] = useState(false);
  const [writing, setWriting] = useState(false);
  const offered = (messages.data ?? []).filter((each) => channel === undefined || each.channel === channel || each.id === value);
  return (
    <>
      <Select<number>
        aria-label={label}
        className="grow"
        placeholder={t("faces.messagePick")}
        status={problem ? "error" : ""}
        open={open}
        onOpenChange={setOpen}
        {...(value === null ? {} : { value })}
        loading={messages.isPending}
        showSearch={{ optionFilterProp: "label" }}
        options={offered.map((each) => ({ value: each.id, label: each.name }))}
        onChange={onChange}
        notFoundContent={<span className="faint">{t(messages.isPending ? "common.loading" : "faces.noMessage")}</span>}
        popupRender={(menu) => (
          <>
            {menu}
            {may("reach.write") && channel !== undefined && (
              <>
                <Divider style={{ margin: "4px 0" }} />
                <Button type="text" block icon={<PlusOutlined />} onClick={() => { setOpen(false); setWriting(true); }} style={{ justifyContent: "flex-start" }}>
                  {t("faces.writeMessage")}
                </Button>
              </>
            )}
          </>
        )}
      />
      {problem && <span className="small harm" role="alert">{problem}</span>}
      {writing && channel !== undefined && <WriteMessage called={called} channel={channel} onWritten={(id) => { onChange(id); setWriting(false); }} onClose={() => { setWriting(false); }} />}
    </>
  );
}
