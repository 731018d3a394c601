import { describe, expect, it } from "vitest";

import { connect, ENTRY, fresh, insertOn, paste, readGraph, waysOf, without, withWay, writeGraph } from "./graph";
import { laidOut, placesOf } from "./layout";

const written = {
  entry: { kind: "event", types: ["add_friend"] },
  start: "hello",
  nodes: {
    hello: { kind: "action", do: "reach.send", with: { message: 1 }, next: "answer" },
    answer: { kind: "until", event: { types: ["message"] }, timeout: { amount: 2, unit: "day" }, next: "tag", on_timeout: "who" },
    tag: { kind: "action", do: "tags.tag", with: { tag: 7 } },
    who: { kind: "branch", arms: [{ name: "近", when: { kind: "all", of: [] }, next: "tag" }], otherwise: "bye" },
    bye: { kind: "exit" },
  },
  goal: { event: { types: ["pay"] }, within: { amount: 14, unit: "day" } },
};
const graph = readGraph(written);

describe("a graph on the canvas", () => {
  it("is written as it was read, with what the canvas does not show", () => {
    expect(writeGraph(graph)).toEqual(written);
  });

  it("knows every way out of a node by the place it is written at", () => {
    expect(Object.entries(graph.nodes).map(([id, node]) => [id, waysOf(node).map(({ place, to }) => [place, to])])).toEqual([
      ["hello", [["next", "answer"]]],
      ["answer", [["next", "tag"], ["on_timeout", "who"]]],
      ["tag", [["next", null]]],
      ["who", [["arms[0].next", "tag"], ["otherwise", "bye"]]],
      ["bye", []],
    ]);
  });

  it("leads a way elsewhere, and to the end", () => {
    expect(connect(graph, "who", "arms[0].next", "bye").nodes["who"]?.["arms"]).toEqual([{ name: "近", when: { kind: "all", of: [] }, next: "bye" }]);
    expect(connect(graph, "answer", "on_timeout", null).nodes["answer"]).not.toHaveProperty("on_timeout");
    expect(connect(graph, ENTRY, "next", "who").start).toBe("who");
  });

  it("takes a node out and closes the gap", () => {
    const left = without(graph, new Set(["answer"]));
    expect(waysOf(left.nodes["hello"] ?? fresh("exit"))[0]?.to).toBe("tag");
    expect(without(graph, new Set(["hello"])).start).toBe("answer");
  });

  it("puts a new node on a way, which goes on as before", () => {
    const { graph: next, id } = insertOn(graph, "hello", "next", fresh("wait"));
    expect(waysOf(next.nodes["hello"] ?? fresh("exit"))[0]?.to).toBe(id);
    expect(waysOf(next.nodes[id] ?? fresh("exit"))[0]?.to).toBe("answer");
  });

  it("pastes copies that lead to copies, and nowhere else", () => {
    const { graph: next, ids } = paste(graph, { answer: graph.nodes["answer"] ?? fresh("exit"), tag: graph.nodes["tag"] ?? fresh("exit") });
    const [answer = "", tag = ""] = ids;
    expect(waysOf(next.nodes[answer] ?? fresh("exit")).map((way) => way.to)).toEqual([tag, null]);
    expect(Object.keys(next.nodes)).toHaveLength(7);
  });

  it("is laid out from the entry down, none upon another, even in a circle", () => {
    const circle = { ...graph, nodes: { ...graph.nodes, tag: withWay(graph.nodes["tag"] ?? fresh("exit"), "next", "hello") } };
    const places = laidOut(circle);
    expect(new Set(Object.values(places).map(({ x, y }) => `${String(x)}:${String(y)}`)).size).toBe(6);
    expect((places["tag"]?.y ?? 0) > (places["answer"]?.y ?? 0)).toBe(true);
    expect(places[ENTRY]?.y).toBe(0);
  });

  it("shows the entry above where it leads, also where an author placed everything", () => {
    const placed = readGraph({ ...written, nodes: Object.fromEntries(Object.entries(written.nodes).map(([id, node], place) => [id, { ...node, position: { x: 0, y: 110 * place } }])) });
    const places = placesOf(placed);
    expect(places[ENTRY]?.x).toBe(0);
    expect(places[ENTRY]?.y ?? 0).toBeLessThan(-76);
  });
});
