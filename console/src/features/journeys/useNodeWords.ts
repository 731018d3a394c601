import { useT, useSpeech, type MessageKey } from "@/i18n";
import { listed, minute } from "@/i18n/format";

import { isObject, spanOf, text, waysOf, type GraphNode, type JsonObject, type Kind, type Span, type Way } from "./graph";
import { useActions, useMessageNames, useVocabulary } from "./journeysApi";
import { weekdays } from "./weekdays";

const kindKeys: Record<Kind, MessageKey> = {
  wait: "journeys.kind_wait",
  wait_time: "journeys.kind_wait_time",
  wait_date: "journeys.kind_wait_date",
  until: "journeys.kind_until",
  until_audience: "journeys.kind_until_audience",
  branch: "journeys.kind_branch",
  split: "journeys.kind_split",
  action: "journeys.kind_action",
  goal: "journeys.kind_goal",
  exit: "journeys.kind_exit",
  merge: "journeys.kind_merge",
  rate: "journeys.kind_rate",
};

export function kindKey(kind: Kind): MessageKey {
  return kindKeys[kind];
}

/** What nodes, entries and ways say, in words. */
export function useNodeWords() {
  const t = useT();
  const { language } = useSpeech();
  const vocabulary = useVocabulary().data;
  const messages = useMessageNames().data;
  const actions = useActions().data;
  const span = (value: unknown) => spanSaid(spanOf(value), t);
  const events = (pattern: unknown) => {
    const types = isObject(pattern) && Array.isArray(pattern["types"]) ? pattern["types"].map(text) : [];
    return types.length === 0 ? "…" : listed(types.map((name) => vocabulary?.events.find((each) => each.name === name)?.label ?? name));
  };
  const audience = (id: unknown) => vocabulary?.audiences.find((each) => each.id === id)?.name ?? "…";
  const attribute = (name: string) => vocabulary?.attributes.find((each) => each.name === name)?.label ?? (name || "…");
  const actionLabel = (name: string) => {
    const offered = actions?.find((each) => each.name === name);
    return offered ? (language === "en-US" ? offered.en : offered.zh) : name || t("journeys.actionNone");
  };
  const doing = (node: GraphNode) => {
    const given = isObject(node["with"]) ? node["with"] : {};
    // What is ready made names its message before anybody has written it.
    const message = isObject(given["message"]) ? text(given["message"]["name"]) : messages?.find((each) => each.id === given["message"])?.name;
    if (message) return t("journeys.sends", { message });
    const tags = vocabulary?.tag_groups.flatMap((group) => group.tags) ?? [];
    const tag = tags.find((each) => each.id === given["tag"])?.name;
    const detail = tag ?? (text(given["title"]) || text(given["name"]) || text(given["attribute"]));
    return detail ? `${actionLabel(text(node["do"]))} · ${detail}` : actionLabel(text(node["do"]));
  };

  const saying = (node: GraphNode): string => {
    switch (node.kind) {
      case "wait":
        return Array.isArray(node["rhythm"]) && node["rhythm"].length > 0
          ? t("faces.waitsRhythm", { what: events({ types: node["rhythm"] }), span: span(node["for"]) })
          : t("journeys.waits", { span: span(node["for"]) });
      case "wait_time":
        return node["after"] ? t("journeys.waitsTimeAfter", { at: text(node["at"]), span: span(node["after"]) }) : t("journeys.waitsTime", { at: text(node["at"]) });
      case "wait_date":
        return t(node["every"] === "year" ? "journeys.waitsYearly" : "journeys.waitsDate", { what: attribute(text(node["attribute"])), at: text(node["at"]) || "10:00" });
      case "until":
        return t("journeys.waitsUntil", { what: events(node["event"]), span: span(node["timeout"]) });
      case "until_audience":
        return t(node["inside"] === false ? "journeys.waitsOut" : "journeys.waitsIn", { audience: audience(node["audience"]), span: span(node["timeout"]) });
      case "branch":
        return t("journeys.branches", { n: Math.max(0, waysOf(node).length - 1) });
      case "split":
        return t(node["best"] === true ? "journeys.splitsBest" : "journeys.splits", { ways: shares(node) });
      case "action":
        return doing(node);
      case "rate":
        return t("journeys.rates", { n: typeof node["most"] === "number" ? node["most"] : "…", span: span(node["per"]) });
      case "exit":
        return text(node["outcome"]) || t("journeys.kind_exit");
      default:
        return t(kindKeys[node.kind]);
    }
  };

  const moment = (entry: JsonObject): string => {
    if (text(entry["at"])) return minute(text(entry["at"]));
    if (text(entry["cron"])) return t("faces.byCron", { cron: text(entry["cron"]) });
    if (!text(entry["time"])) return "…";
    const days = Array.isArray(entry["weekdays"]) ? entry["weekdays"].flatMap((each) => (typeof each === "number" ? (weekdays[each] ?? []) : [])) : [];
    return `${days.length > 0 ? listed(days.map((each) => t(each))) : t("journeys.anyDay")} ${text(entry["time"]).slice(0, 5)}`;
  };

  const enters = (entry: JsonObject): string => {
    switch (entry["kind"]) {
      case "event":
        return t("journeys.entersEvent", { what: events(entry) });
      case "audience":
        return t(entry["on"] === "left" ? "journeys.entersLeft" : "journeys.entersAudience", { audience: audience(entry["audience"]) });
      case "schedule":
        return t("faces.entersAt", { when: moment(entry), whom: entry["audience"] === undefined ? t("faces.of_condition") : t("faces.whoIsIn", { audience: audience(entry["audience"]) }) });
      case "api":
        return t("journeys.entersApi");
      default:
        return t("journeys.entersManual");
    }
  };

  const wayWord = (node: GraphNode, way: Way): string => {
    if (way.name) return way.name;
    if (way.outcome === "timeout") return t("journeys.wayTimeout");
    if (way.outcome === "otherwise") return t(node.kind === "wait_date" ? "journeys.wayNoDate" : "journeys.wayOtherwise");
    if (way.outcome.startsWith("arm:")) return t("journeys.wayArm", { n: Number(way.outcome.slice(4)) + 1 });
    return node.kind === "until" || node.kind === "until_audience" ? t("journeys.wayHappened") : "";
  };

  return { saying, enters, wayWord, kindWord: (kind: Kind) => t(kindKeys[kind]), events, audience, attribute, actionLabel, span };
}

export type NodeWords = ReturnType<typeof useNodeWords>;

function shares(node: GraphNode): string {
  const arms = Array.isArray(node["arms"]) ? node["arms"].filter(isObject) : [];
  const sum = arms.reduce((all, arm) => all + (typeof arm["weight"] === "number" ? arm["weight"] : 0), 0);
  return arms.map((arm) => `${text(arm["name"])} ${sum > 0 && typeof arm["weight"] === "number" ? Math.round((arm["weight"] / sum) * 100) : 0}%`).join(" · ");
}

function spanSaid(span: Span | null, t: ReturnType<typeof useT>): string {
  return span === null ? "…" : t(`journeys.unit_${span.unit}`, { n: span.amount });
}
