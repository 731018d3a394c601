import { Button } from "antd";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Rows, type Column } from "@/ui/Rows";
import { When } from "@/ui/When";

import { useEndSession, useSessions } from "./accountApi";

type Session = components["schemas"]["SessionOut"];

/** The browsers one is signed in with. */
export function Sessions() {
  const t = useT();
  const sessions = useSessions();
  const end = useEndSession();
  const columns: Column<Session>[] = [
    {
      key: "browser",
      title: t("account.browser"),
      phone: "lead",
      render: (each) => (
        <span className="stack" style={{ gap: 2 }}>
          <span className="row">
            <span className="clip">{browserOf(each.browser) ?? t("account.unknownBrowser")}</span>
            {each.is_current && <span className="chip">{t("account.sessionHere")}</span>}
          </span>
          <span className="small faint tabular">{each.address}</span>
        </span>
      ),
    },
    { key: "seen", title: t("account.sessionSeen"), width: 160, render: (each) => <When at={each.last_seen_at} /> },
    {
      key: "end",
      title: "",
      width: 110,
      number: true,
      render: (each) =>
        each.is_current ? null : (
          <Button size="small" loading={end.isPending && end.variables === each.id} onClick={() => { end.mutate(each.id); }}>
            {t("account.sessionEnd")}
          </Button>
        ),
    },
  ];
  const others = (sessions.data?.pages[0]?.items.length ?? 0) > 1;
  return (
    <Panel
      title={t("account.sessionsTitle")}
      flush
      extra={
        others ? (
          <Button size="small" loading={end.isPending && end.variables === "others"} onClick={() => { end.mutate("others"); }}>
            {t("account.sessionsEndOthers")}
          </Button>
        ) : undefined
      }
    >
      <Refused error={end.error} />
      <Rows label={t("account.sessionsTitle")} query={sessions} columns={columns} rowKey={(each) => each.id} empty={null} />
    </Panel>
  );
}

/** Chrome on macOS, from the long name a browser gives itself. */
function browserOf(agent: string): string | null {
  const browser = [["Edg/", "Edge"], ["MicroMessenger", "WeChat"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]].find(([mark]) => agent.includes(mark ?? ""))?.[1];
  const system = [["iPhone", "iPhone"], ["iPad", "iPad"], ["Android", "Android"], ["Mac OS", "macOS"], ["Windows", "Windows"], ["Linux", "Linux"]].find(([mark]) => agent.includes(mark ?? ""))?.[1];
  if (!browser) return agent ? agent.slice(0, 40) : null;
  return system ? `${browser} · ${system}` : browser;
}
