"""One batch on its way: who is in it, where each stands, and what is to be written of it.

Instants are microseconds of Unix time here: thousands of them are added and compared.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from yutang.journeys.graph import Graph, Node
from yutang.journeys.models import Journey

__all__ = ["MOST_VISITS", "Traveller", "Trip", "instant", "micros"]

MOST_VISITS = 10_000
_MOST_AT_ONCE = 100  # nodes one person passes within an instant
_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOTHING: dict[str, Any] = {}
_decode = msgspec.json.Decoder(dict[str, Any]).decode
_UNWRITABLE = str.maketrans("\t\n\r\\\0", "     ")


def micros(at: datetime) -> int:
    """Return an instant as microseconds of Unix time."""
    return (at - _EPOCH) // _MICROSECOND


def instant(stamp: int) -> datetime:
    """Return what `micros` was given, in UTC."""
    return _EPOCH + timedelta(microseconds=stamp)


class Traveller:
    """One run while it is moved. `sign` tells the node what happened: nothing yet (it is begun), the
    wait is over (`wait`), what was waited for came (`heard`), an exit or the goal.
    """

    __slots__ = (
        "arrived", "base", "data", "due", "entered", "goal", "hops", "id", "mark", "node", "outcome", "rev",
        "sign", "state", "subject", "tries", "version", "visit",
    )  # fmt: skip

    def __init__(self, row: Sequence[Any]) -> None:
        (
            self.id,
            self.version,
            self.subject,
            self.node,
            self.visit,
            self.state,
            self.due,
            self.sign,
            self.tries,
            self.mark,
            self.rev,
            self.entered,
            self.arrived,
            self.goal,
            self.data,
        ) = row
        self.outcome = ""
        self.hops = 0
        # Since when she could have been at the next node, had nobody been late: what she did since counts.
        self.base: int = self.due if self.sign else self.arrived

    @property
    def key(self) -> str:
        """Return the name of this visit to this node: the same however often it is tried."""
        return f"run:{self.id}:{self.node}:{self.visit}"

    def told(self) -> dict[str, Any]:
        """Return what the run was entered with."""
        return _decode(self.data) if self.data else _NOTHING


class Trip:
    """A batch of one journey at one instant."""

    def __init__(
        self,
        journey: Journey,
        graphs: Mapping[int, Graph],
        travellers: Sequence[Traveller],
        now: datetime,
    ) -> None:
        self.journey = journey
        self.workspace = journey.workspace
        self.zone = ZoneInfo(journey.workspace.time_zone)
        self.graphs = graphs
        self.travellers = travellers
        self.now = now.astimezone(UTC)
        self.stamp = micros(now)
        self.steps: list[str] = []
        self.tallies: Counter[tuple[int, str, str]] = Counter()
        self.queue: dict[tuple[int, str], list[Traveller]] = defaultdict(list)
        self.trouble = ""
        self.acted: list[Traveller] = []  # what was done to them the warehouse may show later
        self.gone: list[int] = []  # runs that turned out not to be meant
        self._tails: dict[tuple[str, str], tuple[str, str]] = {}
        self._begin, self._end = f"{journey.workspace_id}\t", f"\t{self.now.isoformat()}\n"

    def node_of(self, traveller: Traveller) -> Node | None:
        return self.graphs[traveller.version].nodes.get(traveller.node)

    def leave(self, traveller: Traveller, outcome: str, to: str | None) -> None:
        """Let somebody leave a node by one of its ways."""
        self.leave_all((traveller,), outcome, to)

    def leave_all(self, group: Sequence[Traveller], outcome: str, to: str | None) -> None:
        """Let those who stand at one node of one version leave it by the same way."""
        self.log_all(group, outcome)
        if to is None:
            for each in group:
                self.finish(each, "done")
            return
        going = []
        for each in group:
            each.node, each.sign, each.tries, each.arrived = to, "", 0, each.base
            each.hops += 1
            if each.hops > _MOST_AT_ONCE or each.visit > MOST_VISITS:
                self.hold(each, "in_circles")
            else:
                going.append(each)
        if group:
            self.tallies[group[0].version, to, "in"] += len(group)
        if going:
            self.queue[going[0].version, to] += going

    def log(self, traveller: Traveller, outcome: str) -> None:
        """Write down that somebody leaves the node she stands at."""
        self.log_all((traveller,), outcome)

    def log_all(self, group: Sequence[Traveller], outcome: str) -> None:
        """Write down that those who stand at one node of one version leave it."""
        if not group:
            return
        node = group[0].node
        end, said = self._tails.get((node, outcome)) or self._tail(node, outcome)
        begin = self._begin
        self.steps += [f"{begin}{each.id}\t{each.visit}{end}" for each in group]
        for each in group:
            each.visit += 1
        self.tallies[group[0].version, node, said] += len(group)

    def _tail(self, node: str, outcome: str) -> tuple[str, str]:
        said = outcome.translate(_UNWRITABLE)[:60]
        self._tails[node, outcome] = tail = (f"\t{node}\t{said}{self._end}", said)
        return tail

    def finish(self, traveller: Traveller, outcome: str) -> None:
        """End a run that has left its last node."""
        traveller.state, traveller.due, traveller.sign = "done", None, ""
        traveller.outcome = outcome
        self.tallies[traveller.version, "", f"done:{outcome}"] += 1

    def take_out(self, traveller: Traveller, outcome: str) -> None:
        """End a run where it stands."""
        self.log(traveller, outcome)
        self.finish(traveller, outcome)

    def park(self, traveller: Traveller, due: int, sign: str = "wait") -> None:
        """Let somebody wait at her node until an instant, or until she is told."""
        traveller.state, traveller.due, traveller.sign = "waiting", due, sign

    def again(self, travellers: Iterable[Traveller], *, seconds: float) -> None:
        """Begin the node anew a little later."""
        due = self.stamp + round(seconds * 1_000_000)
        for each in travellers:
            each.state, each.due = "due", due

    def hold(self, traveller: Traveller, reason: str) -> None:
        """Let somebody stand until a person has looked at it."""
        traveller.state, traveller.due, traveller.outcome = "held", None, reason[:60]
        self.trouble = reason[:100]
