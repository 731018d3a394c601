import { Button, Drawer, Switch } from "antd";
import { useState } from "react";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { Consequence } from "@/ui/Consequence";
import { Copyable } from "@/ui/Copyable";
import { Facts } from "@/ui/Facts";
import { Refused } from "@/ui/Refused";

import { useChangeSite, useSnippet } from "./trackingApi";

/** One site: what to put into its pages, what its server needs, and the way to stop it. */
export function SiteDrawer({ site, onClose }: { site: components["schemas"]["SiteOut"]; onClose: () => void }) {
  const t = useT();
  const snippet = useSnippet(site.id);
  const change = useChangeSite(site.id);
  const [renewing, setRenewing] = useState(false);
  const shown = change.data ?? site;
  return (
    <Drawer open onClose={onClose} size={560} title={site.name} closable={{ "aria-label": t("common.close") }}>
      <div className="stack" style={{ gap: 24 }}>
        <Facts
          items={[
            { label: t("tracking.origins"), value: <span className="mono">{shown.origins.join(" ")}</span> },
            { label: t("tracking.writeKey"), value: <code>{shown.write_key}</code> },
            {
              label: t("tracking.active"),
              value: <Switch aria-label={t("tracking.active")} checked={shown.is_active} loading={change.isPending} onChange={(is_active) => { change.mutate({ is_active, new_secret: false }); }} />,
            },
            {
              label: t("tracking.trusts"),
              value: (
                <div className="stack close">
                  <Switch style={{ alignSelf: "flex-start" }} aria-label={t("tracking.trusts")} checked={shown.trusts_pages} loading={change.isPending} onChange={(trusts_pages) => { change.mutate({ trusts_pages, new_secret: false }); }} />
                  <span className="small faint">{t("tracking.trustsHint")}</span>
                </div>
              ),
            },
          ]}
        />
        <Refused error={change.error} />
        <Answered query={snippet}>
          {(found) => (
            <>
              <section className="stack tight">
                <h3>{t("tracking.snippet")}</h3>
                <p className="quiet">{t("tracking.snippetHint")}</p>
                <Copyable label={t("tracking.snippet")} text={found.html} />
              </section>
              <section className="stack tight">
                <h3>{t("tracking.secret")}</h3>
                <p className="quiet">{t("tracking.secretHint")}</p>
                <Copyable label={t("tracking.secret")} text={found.secret} />
                <div>
                  <Button onClick={() => { setRenewing(true); }}>{t("tracking.newSecret")}</Button>
                </div>
              </section>
            </>
          )}
        </Answered>
      </div>
      <Consequence
        open={renewing}
        harmful
        title={t("tracking.newSecret")}
        act={t("tracking.newSecret")}
        busy={change.isPending}
        error={change.error}
        onAct={() => {
          change.mutate(
            { new_secret: true },
            {
              onSuccess: () => {
                setRenewing(false);
                void snippet.refetch();
              },
            },
          );
        }}
        onClose={() => { setRenewing(false); }}
      >
        <p>{t("tracking.newSecretHint")}</p>
      </Consequence>
    </Drawer>
  );
}
