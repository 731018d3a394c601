import { Dropdown, type MenuProps } from "antd";
import { useNavigate } from "react-router";

import { useMember, useSignOut } from "@/api/member";
import { useSpeech, useT } from "@/i18n";
import { speak } from "@/i18n/store";
import { choose, useAppearance } from "@/ui/appearance";
import { Avatar } from "@/ui/Avatar";

/** The reader's own: account, language, appearance, the way out. */
export function AccountMenu({ small }: { small?: boolean }) {
  const t = useT();
  const { user } = useMember();
  const menu = useAccountMenu();
  return (
    <Dropdown trigger={["click"]} menu={menu}>
      <button type="button" className={small ? "account small" : "account"} aria-label={t("shell.account", { name: user.name })}>
        <Avatar name={user.name} seed={user.id} size={small ? 28 : 24} />
        {!small && <span className="clip grow">{user.name}</span>}
      </button>
    </Dropdown>
  );
}

function useAccountMenu(): MenuProps {
  const { t, language } = useSpeech();
  const { path } = useMember();
  const { wish } = useAppearance();
  const navigate = useNavigate();
  const signOut = useSignOut();
  return {
    selectedKeys: [language, wish],
    items: [
      { key: "profile", label: t("shell.profile"), onClick: () => void navigate(path("settings/profile")) },
      {
        type: "group",
        label: t("shell.language"),
        children: [
          { key: "zh-CN", label: "简体中文", onClick: () => void speak("zh-CN") },
          { key: "en-US", label: "English", onClick: () => void speak("en-US") },
        ],
      },
      {
        type: "group",
        label: t("shell.appearance"),
        children: [
          { key: "light", label: t("shell.light"), onClick: () => { choose("light"); } },
          { key: "dark", label: t("shell.dark"), onClick: () => { choose("dark"); } },
          { key: "system", label: t("shell.system"), onClick: () => { choose("system"); } },
        ],
      },
      { type: "divider" },
      { key: "out", label: t("shell.signOut"), onClick: () => { signOut.mutate(); } },
    ],
  };
}
