import { describe, expect, it } from "vitest";

import { enUS } from "./en-US";
import { later as enLater } from "./en-US/later";
import { large, money, relative, signed } from "./format";
import { fill } from "./messages";
import { speak } from "./store";
import { zhCN } from "./zh-CN";
import { later as zhLater } from "./zh-CN/later";

function sentences(node: object, path = ""): [string, string][] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === "string") return [[at, value] satisfies [string, string]];
    return typeof value === "object" && value !== null ? sentences(value, at) : [];
  });
}

const blanks = (sentence: string) => [...new Set([...sentence.matchAll(/\{(\w+)/g)].map((each) => each[1]))].sort();

describe("the two languages", () => {
  const chinese = sentences({ ...zhCN, ...zhLater });
  const english = new Map(sentences({ ...enUS, ...enLater }));

  it("have the same blanks in every sentence", () => {
    const differ = chinese.filter(([key, zh]) => String(blanks(zh)) !== String(blanks(english.get(key) ?? "")));
    expect(differ).toEqual([]);
  });

  it("avoid the words of machines", () => {
    const banned = /成功|失败了|无效|非法|请稍后再试|您|[!！]/;
    expect(chinese.filter(([, zh]) => banned.test(zh))).toEqual([]);
    expect([...english].filter(([, en]) => /!|successfully|invalid|illegal|oops/i.test(en))).toEqual([]);
  });

  it("leave no Chinese in the English", () => {
    expect([...english].filter(([, en]) => /[\u4e00-\u9fff]/.test(en))).toEqual([]);
  });
});

describe("numbers and moments", () => {
  it("are told the way their readers count", async () => {
    expect([9_999, 124_000, 1_234_567, 123_456_789].map(large)).toEqual(["9,999", "12.4 万", "123 万", "1.2 亿"]);
    await speak("en-US");
    expect([9_999, 124_000, 1_234_567].map(large)).toEqual(["9,999", "124k", "1.2M"]);
  });

  it("never round people up", () => {
    expect(large(99_999)).toBe("9.9 万");
  });

  it("keep their sign and their fen", () => {
    expect([money(128_000), money(-5)]).toEqual(["¥1,280.00", "−¥0.05"]);
    expect([signed(3), signed(-12_000), signed(0)]).toEqual(["+3", "−12,000", "0"]);
  });

  it("are relative to now", () => {
    const now = Date.UTC(2026, 10, 22, 10);
    expect(relative("2026-11-22T09:57:00Z", now)).toBe("3分钟前");
    expect(relative("2026-11-22T09:59:40Z", now)).toBe("刚刚");
  });

  it("choose the English plural", () => {
    expect(fill("{n} {n|person|people}", { n: 1 })).toBe("1 person");
    expect(fill("{n} {n|person|people}", { n: "12,408" })).toBe("12,408 people");
  });
});
