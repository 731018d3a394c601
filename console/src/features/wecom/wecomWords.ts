import type { MessageKey } from "@/i18n";

const contacts: Record<string, MessageKey> = {
  add_external_contact: "wecom.event_add_external_contact",
  add_half_external_contact: "wecom.event_add_half_external_contact",
  edit_external_contact: "wecom.event_edit_external_contact",
  del_external_contact: "wecom.event_del_external_contact",
  del_follow_user: "wecom.event_del_follow_user",
  transfer_fail: "wecom.event_transfer_fail",
  msg_audit_approved: "wecom.event_msg_audit_approved",
};
const chats: Record<string, MessageKey> = { create: "wecom.event_chat_create", update: "wecom.event_chat_update", dismiss: "wecom.event_chat_dismiss" };
const wholes: Record<string, MessageKey> = { change_external_tag: "wecom.event_tag", change_contact: "wecom.event_contact", customer_acquisition: "wecom.event_acquisition" };

/** The sentence for what was told; null where the platform told something new. */
export function eventKey(event: string, changeType: string): MessageKey | null {
  const found = event === "change_external_contact" ? contacts[changeType] : event === "change_external_chat" ? chats[changeType] : wholes[event];
  return found ?? null;
}
