"""Moving everybody through a graph at once: a column of runs and a column of instants at each node.

Nodes are seen to in the order of the graph; at each, everybody who came there leaves by one of its
ways, at an instant of her own, or is still there when the time that is looked at ends. Circles bring
people back to a node, which is then seen to again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from yutang.journeys.dry_run.history import History
from yutang.journeys.dry_run.holding import Holding
from yutang.journeys.dry_run.times import NEVER, Instants
from yutang.journeys.graph import Graph, Node, exits_of
from yutang.kit.late import late

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = late("numpy")


__all__ = ["SAMPLE", "Group", "People", "Walk", "Way"]

SAMPLE = 200  # people kept of everybody who left a node by one way
_MOST_TURNS = 20_000


@dataclass
class People:
    """Everybody who entered, each entry by itself. `places` are of subjects, `exit_at` is when an
    event took her out, `sign` which one.
    """

    subjects: NDArray[np.int64]
    places: NDArray[np.int64]
    entered: Instants
    rows: NDArray[np.int64]
    exit_at: Instants
    sign: NDArray[np.int64]
    goal_at: Instants
    ended: Instants = field(init=False)

    def __post_init__(self) -> None:
        self.ended = np.full(self.entered.size, NEVER, dtype=np.int64)


@dataclass(frozen=True)
class Group:
    """Those who are at a node: which runs, and when each came."""

    runs: NDArray[np.int64]
    at: Instants

    def where(self, these: NDArray[Any]) -> Group:
        """Return some of them."""
        return Group(self.runs[these], self.at[these])

    def __len__(self) -> int:
        return self.runs.size


@dataclass(frozen=True)
class Way:
    """Those who leave by one way: the outcome, where it leads, who, and when each goes."""

    outcome: str
    to: str | None
    group: Group


@dataclass
class Walk:
    """One walk of people through a graph, until `until`; counts and a sample of people by node and outcome.

    `zones` are of those who live by another clock than `zone`, by subject.
    """

    graph: Graph
    people: People
    history: History
    holding: Holding
    until: int
    zone: ZoneInfo
    zones: Mapping[int, ZoneInfo]
    kinds: Mapping[str, Callable[[Walk, Any, Group], Sequence[Way]]]
    signs: Sequence[str]
    context: Any = None  # what the kinds of nodes need besides
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    trail: list[tuple[int, str, int, str]] | None = None  # run, node, when she left, outcome
    sends: dict[str, list[Group]] = field(default_factory=lambda: defaultdict(list))
    _queue: dict[str, list[Group]] = field(default_factory=lambda: defaultdict(list))

    def begin(self) -> None:
        """Let everybody come to the first node, and move them as far as the time goes."""
        everybody = np.arange(self.people.entered.size, dtype=np.int64)
        self._come(self.graph.start, Group(everybody, self.people.entered))
        ranks = _ranks(self.graph)
        for _ in range(_MOST_TURNS):
            if not self._queue:
                return
            id_ = min(self._queue, key=lambda each: ranks[each])
            waiting = self._queue.pop(id_)
            self._see_to(self.graph.nodes[id_], _together(waiting))

    def subjects(self, group: Group) -> NDArray[np.int64]:
        """Return whom the runs of a group are of."""
        return self.people.subjects[group.runs]

    def _see_to(self, node: Node, group: Group) -> None:
        for way in self.kinds[node.kind](self, node, group):
            self._leave(node, way)

    def _come(self, id_: str, group: Group) -> None:
        if len(group):
            self._count(id_, "in", group)
            self._queue[id_].append(group)

    def _leave(self, node: Node, way: Way) -> None:
        group, people = way.group, self.people
        if not len(group):
            return
        out = people.exit_at[group.runs]
        taken = (out <= group.at) & (out <= self.until)
        staying = ~taken & (group.at > self.until)
        going = ~taken & ~staying
        for sign in np.unique(people.sign[group.runs[taken]]):
            these = taken & (people.sign[group.runs] == sign)
            left = Group(group.runs[these], out[these])
            self._log(node.id, self.signs[sign], left)
            self._end(self.signs[sign], left)
        self._count(node.id, "waiting", group.where(staying))
        if self.trail is not None:
            self.trail += [(int(run), node.id, NEVER, "") for run in group.runs[staying]]
        gone = group.where(going)
        if node.kind == "exit":
            self._log(node.id, "exit", gone)
            self._end(way.outcome, gone)
            return
        self._log(node.id, way.outcome, gone)
        if way.to is None:
            self._end("done", gone)
        else:
            self._come(way.to, gone)

    def take_out(self, node: Node, sign: str, group: Group) -> None:
        """End the runs of a group at a node by an exit whose condition held."""
        self._log(node.id, sign, group)
        self._end(sign, group)

    def _end(self, outcome: str, group: Group) -> None:
        self.people.ended[group.runs] = group.at
        self._count("", f"done:{outcome}", group)

    def _log(self, id_: str, outcome: str, group: Group) -> None:
        self._count(id_, outcome, group)
        if self.trail is not None:
            self.trail += [
                (int(run), id_, int(at), outcome)
                for run, at in zip(group.runs, group.at, strict=True)
            ]

    def _count(self, id_: str, what: str, group: Group) -> None:
        if not len(group):
            return
        self.counts[id_, what] += len(group)
        kept = self.samples.setdefault((id_, what), [])
        if len(kept) < SAMPLE:
            kept += self.subjects(group)[: SAMPLE - len(kept)].tolist()


def _together(groups: Sequence[Group]) -> Group:
    if len(groups) == 1:
        return groups[0]
    return Group(
        np.concatenate([each.runs for each in groups]),
        np.concatenate([each.at for each in groups]),
    )


def _ranks(graph: Graph) -> dict[str, int]:
    """Return how far each node is from the start."""
    ranks, waiting = {graph.start: 0}, [graph.start]
    for id_ in waiting:
        for _, to in exits_of(graph.nodes[id_]):
            if to is not None and to not in ranks:
                ranks[to] = ranks[id_] + 1
                waiting.append(to)
    return ranks
