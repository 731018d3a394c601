import { SearchOutlined } from "@ant-design/icons";
import { Fragment } from "react";
import { NavLink } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";

import { AccountMenu } from "./AccountMenu";
import { groups, settings, today, type Section } from "./sections";
import { WorkspaceSwitch } from "./WorkspaceSwitch";

/** The navigation of a wide screen: sections that exist and that this member may see. */
export function SideNav({ onFind }: { onFind: () => void }) {
  const t = useT();
  const { may } = useMember();
  const shown = groups.map((group) => ({ ...group, sections: group.sections.filter((each) => !each.permission || may(each.permission)) }));
  return (
    <aside className="side">
      <WorkspaceSwitch />
      <button type="button" className="find" onClick={onFind}>
        <SearchOutlined aria-hidden />
        <span className="grow">{t("shell.find")}</span>
        <kbd>{/Mac|iP/.test(navigator.platform) ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      <nav className="side-nav" aria-label={t("shell.navigation")}>
        <SectionLink section={today} />
        {shown.map((group) => group.sections.length > 0 && (
          <Fragment key={group.label}>
            <p className="side-heading">{t(group.label)}</p>
            {group.sections.map((each) => (
              <SectionLink key={each.path} section={each} />
            ))}
          </Fragment>
        ))}
        <span className="side-gap" />
        <SectionLink section={settings} />
      </nav>
      <AccountMenu />
    </aside>
  );
}

function SectionLink({ section }: { section: Section }) {
  const t = useT();
  const { path } = useMember();
  return (
    <NavLink to={path(section.path)} className="side-link">
      <span aria-hidden>{section.icon}</span>
      {t(section.label)}
    </NavLink>
  );
}
