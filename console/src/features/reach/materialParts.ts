import { kinds, type Material, type MaterialKind } from "@/ui/materials/materialsApi";

import type { KitChannel } from "./messagesApi";
import { addable, drafted, textOf, type Draft, type Part } from "./parts";

/** The kinds of the library that can still be put into a message; words go into a text that is there. */
export function takeable(channel: KitChannel, parts: Part[]): MaterialKind[] {
  const more = addable(channel, parts);
  return kinds.filter((kind) => more.some((each) => each.kind === kind) || (kind === "text" && parts.some((each) => each.kind === "text")));
}

/** A message with something of the library in it: words join the text, all else is a part; one still empty is filled. */
export function withMaterial(drafts: Draft[], material: Material): Draft[] {
  const part = partOf(material);
  const there = drafts.find((each) => each.part.kind === part.kind && (part.kind === "text" || isEmpty(each.part)));
  if (!there) return [...drafts, drafted(part)];
  const before = part.kind === "text" ? textOf(there.part, "text").trim() : "";
  const filled = before === "" ? part : { ...part, text: `${before}\n${material.text}` };
  return drafts.map((each) => (each === there ? { ...each, part: filled } : each));
}

function isEmpty(part: Part): boolean {
  return Object.entries(part).every(([name, value]) => name === "kind" || value === "");
}

function partOf(material: Material): Part {
  const picture = material.picture ? { image_url: material.picture } : {};
  const described = material.description ? { description: material.description } : {};
  switch (material.kind) {
    case "text":
      return { kind: "text", text: material.text };
    case "link":
      return { kind: "link", title: material.text, url: material.url, ...described, ...picture };
    case "mini_program":
      return { kind: "mini_program", title: material.text, appid: material.app_id, path: material.url, ...picture };
    case "file":
      return { kind: "file", url: material.url, name: decodeURIComponent(material.url.split("/").at(-1) ?? material.title) };
    default:
      return { kind: material.kind, url: material.url };
  }
}
