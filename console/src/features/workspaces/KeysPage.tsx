import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { exact, relative } from "@/i18n/format";
import { Consequence } from "@/ui/Consequence";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { State } from "@/ui/State";
import { When } from "@/ui/When";

import { KeyDialog } from "./KeyDialog";
import { useKeys, useRevokeKey } from "./settingsApi";

type Key = components["schemas"]["KeyOut"];

/** How programs come in. */
export function KeysPage() {
  const t = useT();
  const keys = useKeys();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Key | null>(null);
  const make = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => { setMaking(true); }}>
      {t("settings.addKey")}
    </Button>
  );
  return (
    <Page title={t("settings.keys")} answer={t("settings.keysAnswer")} actions={make}>
      <Panel flush>
        <Rows
          label={t("settings.keys")}
          query={keys}
          columns={useColumns(setRevoking)}
          rowKey={(each) => each.id}
          empty={
            <Empty title={t("settings.keysEmptyTitle")} hint={t("settings.keysEmptyHint")}>
              {make}
            </Empty>
          }
        />
      </Panel>
      <KeyDialog open={making} onClose={() => { setMaking(false); }} />
      {revoking && <Revoke apiKey={revoking} onClose={() => { setRevoking(null); }} />}
    </Page>
  );
}

function Revoke({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const t = useT();
  const revoke = useRevokeKey();
  const when = apiKey.last_used_at ? relative(apiKey.last_used_at) : t("common.never");
  return (
    <Consequence
      open
      harmful
      title={t("settings.keyRevokeTitle", { name: apiKey.name })}
      act={t("settings.keyRevoke")}
      busy={revoke.isPending}
      error={revoke.error}
      onAct={() => { revoke.mutate(apiKey.id, { onSuccess: onClose }); }}
      onClose={onClose}
    >
      <p>{t("settings.keyRevokeHint", { when })}</p>
    </Consequence>
  );
}

function isOver(key: Key): boolean {
  return key.expires_at !== null && new Date(key.expires_at).getTime() <= Date.now();
}

function useColumns(onRevoke: (key: Key) => void): Column<Key>[] {
  const t = useT();
  return [
    {
      key: "name",
      title: t("settings.keyName"),
      phone: "lead",
      render: (each) => (
        <span className="stack" style={{ gap: 0 }}>
          <span className="clip">{each.name}</span>
          <code className="faint">ytk_{each.prefix}…</code>
        </span>
      ),
    },
    {
      key: "may",
      title: t("settings.keyPermissions"),
      width: "32%",
      render: (each) => (
        <span className="row wrapping" style={{ gap: 4 }}>
          {each.permissions.slice(0, 3).map((permission) => (
            <code key={permission} className="chip">
              {permission}
            </code>
          ))}
          {each.permissions.length > 3 && (
            <span className="small faint" title={each.permissions.join(", ")}>
              +{each.permissions.length - 3}
            </span>
          )}
        </span>
      ),
    },
    { key: "used", title: t("settings.keyUsed"), width: 132, phone: "labelled", render: (each) => <When at={each.last_used_at} /> },
    {
      key: "expires",
      title: t("settings.keyExpires"),
      width: 120,
      phone: "labelled",
      render: (each) => (each.expires_at ? <span title={exact(each.expires_at)}>{relative(each.expires_at)}</span> : <span className="faint">{t("settings.keyForever")}</span>),
    },
    {
      key: "state",
      title: t("common.status"),
      width: 96,
      render: (each) => {
        if (each.revoked_at) return <State mood="still">{t("settings.keyRevoked")}</State>;
        return isOver(each) ? <State mood="still">{t("settings.keyExpired")}</State> : <State mood="good">{t("settings.keyLive")}</State>;
      },
    },
    {
      key: "revoke",
      title: "",
      width: 104,
      number: true,
      render: (each) =>
        each.revoked_at ? null : (
          <Button size="small" onClick={() => { onRevoke(each); }} aria-label={`${t("settings.keyRevoke")}: ${each.name}`}>
            {t("settings.keyRevoke")}
          </Button>
        ),
    },
  ];
}
