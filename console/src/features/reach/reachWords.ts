import type { MessageKey } from "@/i18n";
import type { Mood } from "@/ui/State";

import type { DeliveryState, Suppression } from "./policyApi";

export const channels = ["wecom", "group", "moments", "sms", "email", "mini_program", "official_account", "webhook", "paper"] as const;
export type ChannelName = (typeof channels)[number];

export function isChannel(name: string): name is ChannelName {
  return channels.some((each) => each === name);
}

/** What a channel is called; a word of its own where an adapter brought it. */
export function channelKey(name: string): MessageKey | null {
  return name === "any" ? "reach.channel_any" : isChannel(name) ? `reach.channel_${name}` : null;
}

export const stateKeys: Record<DeliveryState, MessageKey> = {
  blocked: "reach.state_blocked",
  queued: "reach.state_queued",
  awaiting_staff: "reach.state_awaiting_staff",
  sending: "reach.state_sending",
  unknown: "reach.state_unknown",
  failed: "reach.state_failed",
  sent: "reach.state_sent",
  delivered: "reach.state_delivered",
  opened: "reach.state_opened",
  clicked: "reach.state_clicked",
  replied: "reach.state_replied",
  converted: "reach.state_converted",
};

export const moods: Record<DeliveryState, Mood> = {
  blocked: "still",
  queued: "busy",
  awaiting_staff: "busy",
  sending: "busy",
  unknown: "bad",
  failed: "bad",
  sent: "good",
  delivered: "good",
  opened: "good",
  clicked: "good",
  replied: "good",
  converted: "good",
};

/** The filter's words, and the states behind each. */
export const views: Record<string, { label: MessageKey; states: DeliveryState[] }> = {
  all: { label: "common.all", states: [] },
  waiting: { label: "reach.viewWaiting", states: ["queued", "awaiting_staff", "sending"] },
  reached: { label: "reach.viewReached", states: ["sent", "delivered", "opened", "clicked", "replied", "converted"] },
  opened: { label: "reach.viewOpened", states: ["opened", "clicked", "replied"] },
  clicked: { label: "reach.viewClicked", states: ["clicked"] },
  replied: { label: "reach.viewReplied", states: ["replied"] },
  converted: { label: "reach.state_converted", states: ["converted"] },
  blocked: { label: "reach.viewBlocked", states: ["blocked"] },
  trouble: { label: "reach.viewTrouble", states: ["failed", "unknown"] },
};

const reasons = new Set(["opt_out", "bounce", "complaint", "manual", "other"]);

export function reasonKey(reason: Suppression["reason"]): MessageKey | null {
  switch (reason) {
    case "opt_out":
      return "reach.why_opt_out";
    case "bounce":
      return "reach.why_bounce";
    case "complaint":
      return "reach.why_complaint";
    case "manual":
      return "reach.why_manual";
    default:
      return reasons.has(reason) ? "reach.why_other" : null;
  }
}
