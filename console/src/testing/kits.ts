import type { components } from "@/api/schema";

type Schemas = components["schemas"];

function field(name: string, label: string, more: Partial<Schemas["PartFieldOut"]> = {}): Schemas["PartFieldOut"] {
  return { name, label, required: true, is_url: false, takes_variables: true, is_mapping: false, most: null, unit: null, ...more };
}

const text: Schemas["PartKindOut"] = { kind: "text", label: "文字", least: 0, most: 1, is_attachment: false, fields: [field("text", "文字", { most: 4000, unit: "bytes" })] };
const image: Schemas["PartKindOut"] = { kind: "image", label: "图片", least: 0, most: 9, is_attachment: true, fields: [field("url", "网址", { is_url: true })] };
const link: Schemas["PartKindOut"] = { kind: "link", label: "链接卡片", least: 0, most: 1, is_attachment: true, fields: [field("title", "标题"), field("description", "描述", { required: false }), field("url", "网址", { is_url: true }), field("image_url", "封面图网址", { required: false, is_url: true })] };

/** What messages to customers, to groups and posts are made of. */
export const kit: Schemas["MessageKitOut"] = {
  channels: [
    { name: "wecom", label: "企业微信", source: "", attachments: 9, parts: [text, image, link] },
    { name: "group", label: "客户群", source: "", attachments: 9, parts: [text, image, link] },
    { name: "moments", label: "朋友圈", source: "", attachments: 9, parts: [text, image, link] },
  ],
  purposes: [{ name: "marketing", label: "营销推广" }, { name: "service", label: "服务通知" }],
  words: [{ name: "customer.name", label: "姓名", group: "customer", group_label: "客户", kind: "text", personal: false }],
  filters: ["default"],
};
