import { BarChartOutlined, MessageOutlined, SunOutlined, UserOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { NavLink, Outlet, useMatch } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";

import { useDay } from "../guidesApi";
import "@/ui/ui.css";
import "./sidebar.css";

/** What surrounds a guide's screens: 360 pixels beside a chat, or a phone held in one hand. */
export function SidebarFrame() {
  const t = useT();
  const day = useDay();
  const open = day.data?.tasks.length ?? 0;
  return (
    <div className="sidebar">
      <main id="content">
        <Outlet />
      </main>
      <nav className="sidebar-nav" aria-label={t("guides.navigation")}>
        <Tab to="sidebar" icon={<SunOutlined aria-hidden />}>
          {t("guides.today")}
          {open > 0 && <span className="count"> {whole(open)}</span>}
        </Tab>
        <Tab to="sidebar/people" icon={<UserOutlined aria-hidden />}>{t("guides.people")}</Tab>
        <Tab to="sidebar/phrases" icon={<MessageOutlined aria-hidden />}>{t("guides.phrases")}</Tab>
        <Tab to="sidebar/mine" icon={<BarChartOutlined aria-hidden />}>{t("guides.mine")}</Tab>
      </nav>
    </div>
  );
}

function Tab({ to, icon, children }: { to: string; icon: ReactNode; children: ReactNode }) {
  const { path } = useMember();
  const here = useMatch(path(to));
  return (
    <NavLink to={path(to)} end={to === "sidebar"} aria-current={here ? "page" : undefined}>
      {icon}
      <span>{children}</span>
    </NavLink>
  );
}
