import {
  ApartmentOutlined,
  ApiOutlined,
  AreaChartOutlined,
  BarChartOutlined,
  ImportOutlined,
  MergeCellsOutlined,
  MessageOutlined,
  MobileOutlined,
  NodeIndexOutlined,
  QrcodeOutlined,
  NotificationOutlined,
  PictureOutlined,
  SafetyOutlined,
  SendOutlined,
  SettingOutlined,
  SoundOutlined,
  SunOutlined,
  TagsOutlined,
  TeamOutlined,
  WechatWorkOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";

import type { MessageKey } from "@/i18n";

export interface Section {
  path: string;
  label: MessageKey;
  icon: ReactNode;
  /** Shown only to members who may. */
  permission?: string;
}

export const today: Section = { path: "today", label: "shell.today", icon: <SunOutlined /> };

export const customerSections: Section[] = [
  { path: "customers", label: "shell.customers", icon: <TeamOutlined />, permission: "customers.read" },
  { path: "audiences", label: "shell.audiences", icon: <ApartmentOutlined />, permission: "audiences.read" },
  { path: "tags", label: "shell.tags", icon: <TagsOutlined />, permission: "tags.read" },
  { path: "imports", label: "shell.imports", icon: <ImportOutlined />, permission: "imports.read" },
  { path: "merges", label: "shell.merges", icon: <MergeCellsOutlined />, permission: "customers.merge" },
];

export const reachSections: Section[] = [
  { path: "journeys", label: "shell.journeys", icon: <NodeIndexOutlined />, permission: "journeys.read" },
  { path: "campaigns", label: "shell.campaigns", icon: <NotificationOutlined />, permission: "journeys.read" },
  { path: "mass", label: "shell.mass", icon: <SoundOutlined />, permission: "reach.read" },
  { path: "messages", label: "shell.messages", icon: <MessageOutlined />, permission: "reach.read" },
  { path: "materials", label: "shell.materials", icon: <PictureOutlined />, permission: "customers.read" },
  { path: "policy", label: "shell.policy", icon: <SafetyOutlined />, permission: "reach.read" },
  { path: "deliveries", label: "shell.deliveries", icon: <SendOutlined />, permission: "reach.read" },
  { path: "rates", label: "shell.rates", icon: <AreaChartOutlined />, permission: "reach.read" },
  { path: "channels", label: "shell.channels", icon: <ApiOutlined />, permission: "reach.read" },
  { path: "wecom", label: "shell.wecom", icon: <WechatWorkOutlined />, permission: "wecom.read" },
];

export const teamSections: Section[] = [
  { path: "team", label: "shell.team", icon: <BarChartOutlined />, permission: "guides.read" },
  { path: "sidebar", label: "shell.sidebar", icon: <MobileOutlined />, permission: "customers.read" },
];
export const acquisitionSections: Section[] = [{ path: "codes", label: "shell.codes", icon: <QrcodeOutlined />, permission: "codes.read" }];

/** The sections of a workspace under their headings. */
export const groups: { label: MessageKey; sections: Section[] }[] = [
  { label: "shell.customersSection", sections: customerSections },
  { label: "shell.reachSection", sections: reachSections },
  { label: "shell.teamSection", sections: teamSections },
  { label: "shell.acquisitionSection", sections: acquisitionSections },
];

export const settings: Section = { path: "settings", label: "shell.settings", icon: <SettingOutlined /> };
