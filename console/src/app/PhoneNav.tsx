import { EllipsisOutlined, SearchOutlined } from "@ant-design/icons";
import { Drawer } from "antd";
import { useState } from "react";
import { NavLink, useLocation } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";

import { AccountMenu } from "./AccountMenu";
import { groups, settings, today, type Section } from "./sections";
import { WorkspaceSwitch } from "./WorkspaceSwitch";

const ALWAYS = new Set(["customers", "audiences", "tags"]);

/** The head of a phone: brand, search, account. */
export function PhoneHead({ onFind }: { onFind: () => void }) {
  const t = useT();
  return (
    <header className="phone-head">
      <WorkspaceSwitch />
      <button type="button" className="icon-button" onClick={onFind} aria-label={t("shell.find")}>
        <SearchOutlined />
      </button>
      <AccountMenu small />
    </header>
  );
}

/** The foot of a phone: what is used between two customers, the rest behind “more”. */
export function PhoneNav() {
  const t = useT();
  const { may, path } = useMember();
  const { pathname } = useLocation();
  const [more, setMore] = useState(false);
  const allowed = groups.flatMap((group) => group.sections).filter((each) => !each.permission || may(each.permission));
  const behind = [...allowed.filter((each) => !ALWAYS.has(each.path)), settings];
  const isBehind = behind.some((each) => pathname.startsWith(path(each.path)));
  return (
    <nav className="phone-nav" aria-label={t("shell.navigation")}>
      {[today, ...allowed.filter((each) => ALWAYS.has(each.path))].map((each) => (
        <PhoneLink key={each.path} section={each} />
      ))}
      <button type="button" className="phone-link" aria-current={isBehind ? "page" : undefined} onClick={() => { setMore(true); }}>
        <EllipsisOutlined aria-hidden />
        <span>{t("shell.more")}</span>
      </button>
      <Drawer placement="bottom" size="auto" open={more} onClose={() => { setMore(false); }} closable={{ "aria-label": t("common.close") }} title={t("shell.more")}>
        <div className="stack close" onClickCapture={() => { setMore(false); }}>
          {behind.map((each) => (
            <PhoneLink key={each.path} section={each} wide />
          ))}
        </div>
      </Drawer>
    </nav>
  );
}

function PhoneLink({ section, wide }: { section: Section; wide?: boolean }) {
  const t = useT();
  const { path } = useMember();
  return (
    <NavLink to={path(section.path)} className={wide ? "side-link" : "phone-link"}>
      <span aria-hidden>{section.icon}</span>
      <span>{t(section.label)}</span>
    </NavLink>
  );
}
