import type { MessageKey } from "@/i18n";

export interface SettingsPage {
  path: string;
  label: MessageKey;
  permission?: string;
}

/** Every settings screen, by group; also what ⌘K offers. */
export const settingsGroups: { label: MessageKey; pages: SettingsPage[] }[] = [
  { label: "settings.groupMine", pages: [{ path: "profile", label: "settings.profile" }] },
  {
    label: "settings.groupBrand",
    pages: [
      { path: "brand", label: "settings.brand" },
      { path: "members", label: "settings.members", permission: "members.write" },
      { path: "roles", label: "settings.roles" },
      { path: "org", label: "settings.org", permission: "staff.read" },
    ],
  },
  {
    label: "settings.groupData",
    pages: [
      { path: "tracking", label: "settings.tracking", permission: "webhooks.write" },
      { path: "catalogue", label: "settings.catalogue", permission: "events.read" },
      { path: "fields", label: "settings.fields", permission: "customers.read" },
      { path: "sources", label: "settings.sources", permission: "customers.read" },
    ],
  },
  {
    label: "settings.groupSystem",
    pages: [
      { path: "keys", label: "settings.keys", permission: "keys.write" },
      { path: "jobs", label: "settings.jobs", permission: "jobs.read" },
      { path: "audit", label: "settings.audit", permission: "audit.read" },
    ],
  },
];
