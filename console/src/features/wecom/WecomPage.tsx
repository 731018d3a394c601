import { WechatWorkOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";

import { CorpDialog } from "./CorpDialog";
import { CorpPanel } from "./CorpPanel";
import { Inbox } from "./Inbox";
import { SyncPanel } from "./SyncPanel";
import { useCorps, type Corp } from "./wecomApi";
import { WecomTabs } from "./WecomTabs";

/** The connection to WeCom: set up, looked at, and what it tells. */
export function WecomPage() {
  const t = useT();
  const { may } = useMember();
  const corps = useCorps();
  const [open, setOpen] = useState<{ corp: Corp | null } | null>(null);
  const connect = may("wecom.write") ? (
    <Button type="primary" onClick={() => { setOpen({ corp: null }); }}>
      {t("wecom.connect")}
    </Button>
  ) : null;
  return (
    <Page title={t("wecom.title")} answer={t("wecom.answer")} actions={corps.data?.items.length ? connect : null}>
      <WecomTabs />
      <Answered query={corps}>
        {(found) =>
          found.items.length === 0 ? (
            <Panel>
              <Empty title={t("wecom.empty")} hint={t("wecom.emptyHint")} icon={<WechatWorkOutlined />}>
                {connect}
              </Empty>
            </Panel>
          ) : (
            <>
              {found.items.map((corp) => (
                <div key={corp.id} className="stack">
                  <CorpPanel corp={corp} onEdit={() => { setOpen({ corp }); }} />
                  <SyncPanel corp={corp.id} active={corp.state === "active"} />
                </div>
              ))}
              <Inbox />
            </>
          )
        }
      </Answered>
      {open && <CorpDialog corp={open.corp} onClose={() => { setOpen(null); }} />}
    </Page>
  );
}
