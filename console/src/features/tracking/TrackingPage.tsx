import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { Copyable } from "@/ui/Copyable";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { State } from "@/ui/State";

import { Hooks } from "./Hooks";
import { SiteDialog } from "./SiteDialog";
import { SiteDrawer } from "./SiteDrawer";
import { useSites } from "./trackingApi";

type Site = components["schemas"]["SiteOut"];

/** Where data comes in. */
export function TrackingPage() {
  const t = useT();
  const { may } = useMember();
  return (
    <Page title={t("settings.tracking")} answer={t("tracking.answer")}>
      {may("settings.write") && <Sites />}
      {may("webhooks.write") && <Hooks />}
      <ByProgram />
    </Page>
  );
}

function Sites() {
  const t = useT();
  const sites = useSites();
  const [adding, setAdding] = useState(false);
  const [open, setOpen] = useState<Site | null>(null);
  const columns: Column<Site>[] = [
    { key: "name", title: t("tracking.siteName"), phone: "lead", render: (each) => <button type="button" className="plain-button clip" style={{ color: "var(--accent-text)", maxWidth: "100%" }} onClick={() => { setOpen(each); }}>{each.name}</button> },
    { key: "origins", title: t("tracking.origins"), width: "44%", render: (each) => <span className="clip mono" style={{ display: "block" }}>{each.origins.join(" ")}</span> },
    { key: "state", title: t("common.status"), width: 140, render: (each) => <State mood={each.is_active ? "good" : "still"}>{each.is_active ? t("tracking.active") : t("tracking.stopped")}</State> },
  ];
  const add = (
    <Button icon={<PlusOutlined />} onClick={() => { setAdding(true); }}>
      {t("tracking.addSite")}
    </Button>
  );
  const none = sites.data?.pages[0]?.items.length === 0;
  return (
    <Panel title={t("tracking.sites")} note={t("tracking.sitesNote")} flush extra={none ? undefined : add}>
      <Rows
        label={t("tracking.sites")}
        query={sites}
        columns={columns}
        rowKey={(each) => each.id}
        empty={
          <Empty title={t("tracking.sitesEmptyTitle")} hint={t("tracking.sitesEmptyHint")}>
            {add}
          </Empty>
        }
      />
      {adding && <SiteDialog onClose={() => { setAdding(false); }} onMade={setOpen} />}
      {open && <SiteDrawer site={open} onClose={() => { setOpen(null); }} />}
    </Panel>
  );
}

function ByProgram() {
  const t = useT();
  const { path, may } = useMember();
  const example = [
    `curl -X POST ${location.origin}/api/v1/events \\`,
    `  -H "Authorization: Bearer ytk_…" -H "Content-Type: application/json" \\`,
    `  -d '{"type": "favorite", "customer": {"phone": "13800138000"}, "properties": {"product": "SKU-1"}}'`,
  ].join("\n");
  return (
    <Panel title={t("tracking.api")} note={t("tracking.apiNote")} extra={may("keys.write") ? <Link to={path("settings/keys")}>{t("tracking.makeKey")}</Link> : undefined}>
      <Copyable label={t("tracking.apiExample")} text={example} />
    </Panel>
  );
}
