"""A graph from its JSON; everything that does not fit is refused by its node.

    {"entry": {"kind": "event", "types": ["order"]}, "start": "n1",
     "nodes": {"n1": {"kind": "wait", "for": {"amount": 2, "unit": "day"}, "next": "n2"},
               "n2": {"kind": "action", "do": "tags.tag", "with": {"tag": 7}}}}

Whether what it names is there (audiences, actions, attributes) is asked by `checking`.
"""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from yutang.journeys.graph import _parts_from_json as parts
from yutang.journeys.graph._nodes_from_json import node as read_node
from yutang.journeys.graph.mistakes import refusal
from yutang.journeys.graph.nodes import (
    Exit,
    Graph,
    Node,
    SplitNode,
    UntilEventNode,
    WaitForNode,
    WaitTimeNode,
    exits_of,
)
from yutang.kit.i18n import Text
from yutang.kit.tree import Mistake, Place, suggestion

__all__ = ["MOST_NODES", "from_json"]

MOST_NODES = 200
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_KEYS = ("entry", "start", "nodes", "reentry", "entry_cap", "exits", "goal")
T = TypeVar("T")


def from_json(tree: object) -> Graph:
    """Return the graph a JSON tree describes.

    :raises GraphUnreadable: naming every place that does not fit
    """
    reader = _Reader(Place(tree, "graph"))
    graph = reader.read()
    if reader.mistakes or graph is None:
        raise refusal(reader.mistakes)
    return graph


class _Reader:
    """Reads on after a mistake, so that one refusal names them all."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.mistakes: list[Mistake] = []

    def read(self) -> Graph | None:
        if self._try(self.place.object) is None:
            return None
        self._try(lambda: self.place.only(*_KEYS))
        entry = self._try(lambda: parts.entry(self._at("entry")))
        nodes = self._nodes()
        reentry = self._try(lambda: parts.reentry(self._at("reentry")))
        cap = self._try(lambda: parts.cap(self._at("entry_cap")))
        exits = self._try(self._exits)
        goal = self._try(lambda: parts.goal(self._at("goal")))
        start = self._start(nodes)
        self._ways_lead_somewhere(nodes)
        if self.mistakes or start is None:
            return None
        self._everything_is_reached(nodes, start)
        self._circles_wait(nodes)
        if self.mistakes or entry is None or reentry is None or exits is None:
            return None
        return Graph(entry, start, nodes, reentry, cap, exits, goal)

    def _at(self, key: str) -> Place:
        return Place(self.place.object().get(key, ...), key)

    def _try(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except Mistake as mistake:
            self.mistakes.append(mistake)
            return None

    def _exits(self) -> tuple[Exit, ...]:
        place = self._at("exits")
        if place.value in (None, ...):
            return ()
        return tuple(parts.exit_(each) for each in place.items(least=0, most=20))

    def _nodes(self) -> dict[str, Node]:
        place = self._at("nodes")
        given = self._try(place.object)
        if given is None:
            return {}
        if not 0 < len(given) <= MOST_NODES:
            self.mistakes.append(
                place.mistake(f" 1 到 {MOST_NODES} 个节点", f"1 to {MOST_NODES} nodes")
            )
            return {}
        found = {id_: self._node(id_, Place(each, f"nodes.{id_}")) for id_, each in given.items()}
        return {id_: each for id_, each in found.items() if each is not None}

    def _node(self, id_: str, place: Place) -> Node | None:
        if not _ID.fullmatch(id_):
            self.mistakes.append(
                Place(id_, place.path).mistake(
                    "由 1 到 40 个字母、数字、_ 或 - 组成的节点编号",
                    "an id of 1 to 40 letters, digits, _ or -",
                )
            )
            return None
        return self._try(lambda: read_node(id_, place))

    def _start(self, nodes: Mapping[str, Node]) -> str | None:
        return self._try(lambda: self._known(self._at("start"), nodes))

    def _known(self, place: Place, nodes: Mapping[str, Node]) -> str:
        id_ = place.text()
        if id_ not in nodes and id_ not in self._given():
            raise _no_such_node(place.path, id_, nodes)
        return id_

    def _given(self) -> set[str]:
        """Return every id that was written, also of nodes that could not be read."""
        nodes = self.place.object().get("nodes")
        return set(nodes) if isinstance(nodes, dict) else set()

    def _ways_lead_somewhere(self, nodes: Mapping[str, Node]) -> None:
        given = self._given()
        for id_, node in nodes.items():
            for outcome, to in exits_of(node):
                if to is not None and to not in given:
                    self.mistakes.append(
                        _no_such_node(f"nodes.{id_}.{_way_path(node, outcome)}", to, nodes)
                    )

    def _everything_is_reached(self, nodes: Mapping[str, Node], start: str) -> None:
        reached, waiting = {start}, [start]
        while waiting:
            for _, to in exits_of(nodes[waiting.pop()]):
                if to is not None and to not in reached:
                    reached.add(to)
                    waiting.append(to)
        self.mistakes += [
            Mistake(
                f"nodes.{id_}",
                id_,
                Text(
                    "没有哪一步通到这个节点，请连上它或删掉它",
                    "no way leads to this node: connect or remove it",
                ),
            )
            for id_ in nodes
            if id_ not in reached
        ]

    def _circles_wait(self, nodes: Mapping[str, Node]) -> None:
        """Refuse circles in which nobody ever waits: they would turn for ever within an instant."""
        graph = {
            id_: {to for _, to in exits_of(node) if to is not None and not _waits(nodes[to])}
            for id_, node in nodes.items()
            if not _waits(node)
        }
        circle = _circle(graph)
        if circle:
            self.mistakes.append(
                Mistake(
                    f"nodes.{circle[0]}",
                    " → ".join([*circle, circle[0]]),
                    Text(
                        "这一圈里没有等待，会转个不停：请在圈里加一个等待",
                        "nobody waits in this circle, so it would turn for ever: put a wait into it",
                    ),
                )
            )


def _waits(node: Node) -> bool:
    return isinstance(node, WaitForNode | WaitTimeNode | UntilEventNode)


def _circle(graph: Mapping[str, set[str]]) -> list[str]:
    """Return the ids of one circle, or nothing."""
    left = {id_: set(to) for id_, to in graph.items()}
    while True:
        ends = [id_ for id_, to in left.items() if not to & left.keys()]
        if not ends:
            break
        for each in ends:
            del left[each]
    if not left:
        return []
    path = [next(iter(left))]
    while True:
        further = min(left[path[-1]] & left.keys())
        if further in path:
            return path[path.index(further) :]
        path.append(further)


def _no_such_node(path: str, id_: str, nodes: Mapping[str, Node]) -> Mistake:
    near = suggestion(id_, list(nodes))
    return Mistake(path, id_, Text(f"没有这个节点{near.zh}", f"there is no such node{near.en}"))


def _way_path(node: Node, outcome: str) -> str:
    if outcome.startswith("arm:"):
        return f"arms[{outcome[4:]}].next"
    if isinstance(node, SplitNode):
        names = [way.name for way in node.ways]
        return f"arms[{names.index(outcome[4:])}].next"
    return "on_timeout" if outcome == "timeout" else outcome
