import { CheckOutlined, DownOutlined } from "@ant-design/icons";
import { Dropdown } from "antd";
import { useNavigate } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";

/** Which brand one is working in, and the way to another. */
export function WorkspaceSwitch() {
  const t = useT();
  const { workspace, memberships } = useMember();
  const navigate = useNavigate();
  const items = memberships.map(({ workspace: each }) => ({
    key: each.slug,
    label: (
      <span className="row apart" style={{ minWidth: 200 }}>
        <span className="clip" style={{ maxWidth: 260 }}>
          {each.name}
        </span>
        {each.is_demo && <span className="chip">{t("shell.demo")}</span>}
        {each.slug === workspace.slug && <CheckOutlined aria-hidden />}
      </span>
    ),
  }));
  return (
    <Dropdown
      trigger={["click"]}
      menu={{ items, selectedKeys: [workspace.slug], onClick: ({ key }) => void navigate(`/w/${key}/today`) }}
    >
      <button type="button" className="switch" aria-label={t("shell.switchWorkspace", { name: workspace.name })}>
        <span className="mark" aria-hidden>
          {Array.from(workspace.name)[0]}
        </span>
        <span className="clip grow strong">{workspace.name}</span>
        <DownOutlined aria-hidden style={{ fontSize: 10 }} className="faint" />
      </button>
    </Dropdown>
  );
}
