import { expect, it } from "vitest";

import { readGraph } from "../graph";
import { pictured, told } from "./story";

const graph = readGraph({
  entry: { kind: "event", types: ["pay"] },
  start: "hello",
  nodes: {
    hello: { kind: "action", do: "reach.send", next: "answer" },
    answer: { kind: "until", event: { types: ["message"] }, timeout: { amount: 2, unit: "day" }, next: "thanks", on_timeout: "again" },
    thanks: { kind: "action", do: "reach.send" },
    again: { kind: "action", do: "reach.send", next: "thanks" },
  },
});

it("is told step by step, each way of a fork to its end, nothing twice in full", () => {
  expect(told(graph).map(({ id, depth, way, again }) => [id, depth, way?.way.outcome ?? "", again])).toEqual([
    ["hello", 0, "", false],
    ["answer", 0, "", false],
    ["thanks", 1, "next", false],
    ["again", 1, "timeout", false],
    ["thanks", 1, "", true],
  ]);
});

it("is told to an end also where it goes in circles", () => {
  const circle = readGraph({ entry: {}, start: "a", nodes: { a: { kind: "wait", for: { amount: 1, unit: "day" }, next: "b" }, b: { kind: "action", do: "x", next: "a" } } });
  expect(told(circle).map(({ id, again }) => [id, again])).toEqual([["a", false], ["b", false], ["a", true]]);
});

it("is pictured from left to right, ways side by side, none upon another", () => {
  const { dots, lines, width } = pictured(graph);
  expect(width).toBe(5);
  expect(dots.find((dot) => dot.id === "entry")?.x).toBe(0);
  expect(new Set(dots.map(({ x, y }) => `${String(x)}:${String(y)}`)).size).toBe(5);
  expect(lines).toHaveLength(5);
});
