import { LeftOutlined } from "@ant-design/icons";
import { Suspense } from "react";
import { Link, Navigate, NavLink, Outlet, useLocation } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Page } from "@/ui/Page";
import { PageSkeleton } from "@/ui/Skeleton";
import { useNarrow } from "@/ui/useNarrow";

import { settingsGroups } from "./settingsPages";
import "./settings.css";

/** Settings: their list beside the screen; on a phone first the list, then the screen. */
export function SettingsLayout() {
  const t = useT();
  const narrow = useNarrow();
  const { path } = useMember();
  const { pathname } = useLocation();
  const root = path("settings");
  const atRoot = pathname.replace(/\/$/, "") === root;
  if (atRoot && !narrow) return <Navigate to={`${root}/profile`} replace />;
  if (atRoot) {
    return (
      <Page title={t("settings.title")}>
        <SettingsList />
      </Page>
    );
  }
  return (
    <div className="settings">
      {narrow ? (
        <Link to={root} className="page-back settings-back">
          <LeftOutlined aria-hidden /> {t("settings.title")}
        </Link>
      ) : (
        <div className="settings-side">
          <SettingsList />
        </div>
      )}
      <div className="grow">
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  );
}

function SettingsList() {
  const t = useT();
  const { path, may } = useMember();
  return (
    <nav aria-label={t("settings.title")} className="settings-list">
      {settingsGroups.map((group) => {
        const pages = group.pages.filter((each) => !each.permission || may(each.permission));
        return pages.length === 0 ? null : (
          <div key={group.label} className="stack" style={{ gap: 2 }}>
            <p className="side-heading">{t(group.label)}</p>
            {pages.map((each) => (
              <NavLink key={each.path} to={path(`settings/${each.path}`)} className="side-link">
                {t(each.label)}
              </NavLink>
            ))}
          </div>
        );
      })}
    </nav>
  );
}
