import { useT, type MessageKey } from "@/i18n";
import type { Mood } from "@/ui/State";

import type { Import, ReadAs } from "./importsApi";

export const states: Record<Import["state"], { word: MessageKey; mood: Mood }> = {
  uploaded: { word: "imports.uploaded", mood: "still" },
  mapped: { word: "imports.mapped", mood: "still" },
  running: { word: "imports.running", mood: "busy" },
  stopped: { word: "imports.stopped", mood: "bad" },
  done: { word: "imports.done", mood: "good" },
};

export const readings: Record<ReadAs, MessageKey> = {
  text: "imports.readText",
  number: "imports.readNumber",
  yuan: "imports.readYuan",
  fen: "imports.readFen",
  bool: "imports.readBool",
  date: "imports.readDate",
  time: "imports.readTime",
  unix_seconds: "imports.readUnixSeconds",
  unix_ms: "imports.readUnixMs",
  list: "imports.readList",
  gender: "imports.readGender",
};

export const readingNames = ["text", "number", "yuan", "fen", "bool", "date", "time", "unix_seconds", "unix_ms", "list", "gender"] as const;

const roles: Record<string, MessageKey> = {
  "identity:phone": "imports.phone",
  "identity:unionid": "imports.unionid",
  "identity:openid": "imports.openid",
  "identity:external_userid": "imports.external_userid",
  "identity:member_no": "imports.member_no",
  "identity:email": "imports.email",
  "identity:buyer_id": "imports.buyer_id",
  "identity:device": "imports.device",
  occurred_at: "imports.occurred_at",
  type: "imports.type",
  event_id: "imports.event_id",
  amount: "imports.amount",
  content: "imports.content",
  campaign: "imports.campaign",
  source: "imports.source",
  staff: "imports.staff",
  store: "imports.store",
  group: "imports.group",
  property: "imports.property",
  attribute: "imports.attribute",
  tags: "imports.tags",
  item: "imports.item",
  item_name: "imports.itemName",
  category: "imports.category",
  quantity: "imports.quantity",
  order_no: "imports.orderNo",
  "attribute:name": "imports.name",
  "attribute:gender": "imports.gender",
  "attribute:birthday": "imports.birthday",
  "attribute:country": "imports.country",
  "attribute:province": "imports.province",
  "attribute:city": "imports.city",
  "attribute:district": "imports.district",
  "attribute:source": "imports.attrSource",
  "attribute:joined_at": "imports.joined_at",
};

export function useRoleWords(): (role: string) => string {
  const t = useT();
  return (role) => {
    const word = roles[role];
    return word ? t(word) : role.replace(/^\w+:/, "");
  };
}

const events: Record<string, MessageKey> = {
  view: "imports.view",
  search: "imports.search",
  favorite: "imports.favorite",
  unfavorite: "imports.unfavorite",
  cart: "imports.cart",
  order: "imports.order",
  pay: "imports.pay",
  refund: "imports.refund",
  add_friend: "imports.add_friend",
  join_group: "imports.join_group",
  message: "imports.message",
  click: "imports.click",
  open: "imports.open",
  sign_in: "imports.sign_in",
  share: "imports.share",
  review: "imports.review",
  join_membership: "imports.join_membership",
  scan: "imports.scan",
  form_submit: "imports.form_submit",
  complaint: "imports.complaint",
};

/** The name of a kind of behaviour; one that was never declared is called what it is called. */
export function useEventWords(): { say: (type: string) => string; options: { value: string; label: string }[] } {
  const t = useT();
  const say = (type: string) => {
    const word = events[type];
    return word ? t(word) : type;
  };
  return { say, options: Object.keys(events).map((type) => ({ value: type, label: `${say(type)} ${type}` })) };
}

/** 42 秒, 3 分钟: how long something took or will take. */
export function useLasting(): (seconds: number) => string {
  const t = useT();
  return (seconds) => (seconds < 60 ? t("imports.seconds", { n: Math.max(1, Math.round(seconds)) }) : seconds < 3600 ? t("common.minutes", { n: Math.round(seconds / 60) }) : t("common.hours", { n: Math.round(seconds / 3600) }));
}
