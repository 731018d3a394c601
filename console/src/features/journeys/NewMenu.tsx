import { DownOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useNavigate } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";

import { faceNames } from "./faces/face";

/** The ways to begin a journey: a ready one, a table, a plan, a campaign, an empty canvas. */
export function NewMenu({ onBlank }: { onBlank: () => void }) {
  const t = useT();
  const { path, may } = useMember();
  const navigate = useNavigate();
  const items = [
    { key: "journeys/library", label: t("faces.fromLibrary") },
    { type: "divider" as const },
    ...faceNames.map((face) => ({ key: `journeys/new/${face}`, label: t(`faces.${face}`) })),
    ...(may("journeys.activate") ? [{ key: "campaigns/new", label: t("journeys.campaign") }] : []),
    { type: "divider" as const },
    { key: "", label: t("faces.blank") },
  ];
  return (
    <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => { if (key) void navigate(path(key)); else onBlank(); } }}>
      <Button type="primary" icon={<PlusOutlined />}>
        {t("journeys.create")} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
