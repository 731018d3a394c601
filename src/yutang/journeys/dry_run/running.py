"""A whole dry run: people let in turn by turn, walked through, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from yutang.customers import service as customers
from yutang.journeys.dry_run.entering import allowed, candidates, in_turn, within_cap
from yutang.journeys.dry_run.history import Arrivals, History
from yutang.journeys.dry_run.holding import Holding
from yutang.journeys.dry_run.nodes import KINDS, Context
from yutang.journeys.dry_run.times import NEVER, Instants, instant, micros
from yutang.journeys.dry_run.walking import SAMPLE, People, Walk
from yutang.journeys.graph import Graph
from yutang.journeys.models import Journey, JourneySubject
from yutang.kit.chance import share
from yutang.kit.late import late
from yutang.workspaces.models import Workspace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = late("numpy")


__all__ = ["DryRun", "Plan", "Step", "run", "step_through"]

_INSTANTS = 30  # a node's condition is asked at so many at most, unless people come to it at few


@dataclass(frozen=True)
class Plan:
    """What is to be tried: a graph as it stands, and the chance it draws by."""

    workspace: Workspace
    graph: Graph
    subject: str
    salt: str
    holdout_percent: float = 0.0
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @classmethod
    def of(cls, journey: Journey, graph: Graph) -> Plan:
        """Return a journey's own plan with this graph."""
        return cls(
            journey.workspace,
            graph,
            journey.subject,
            journey.salt,
            float(journey.holdout_percent),
            journey.weights,
        )


@dataclass
class DryRun:
    """What would have happened between two instants.

    `counts` are by (node, what): `in`, an outcome, or `waiting` (still there at the end); the node `` is
    the journey itself. `samples` hold some of the people behind each count, also of
    those who came `before`, were `capped`, `held_out` or `reached` the goal, `gate_samples` those behind
    what the gate said. `coarsest` is how far from
    somebody's own instant a condition was asked at most.
    """

    since: datetime
    until: datetime
    came: int = 0
    entered: int = 0
    held_out: int = 0
    before: int = 0
    capped: int = 0
    reached: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    sends: dict[str, list[tuple[NDArray[np.int64], Instants]]] = field(default_factory=dict)
    gate: dict[str, Counter[str]] = field(default_factory=dict)
    gate_samples: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    judged: int = 0  # messages the gate was asked about
    coarsest: timedelta = timedelta(0)


@dataclass(frozen=True)
class Step:
    """One step of one person: she left a node with an outcome, or is still there (`at` None).

    `gate` is what the gate would have said of the message this step sends: nothing, `deferred`, or why not.
    """

    node: str
    outcome: str
    at: datetime | None
    gate: str | None = None


class _Running:
    """A dry run on its way: all that is shared between the turns in which people enter."""

    def __init__(
        self, plan: Plan, since: datetime, until: datetime, *, only: int | None = None
    ) -> None:
        self.plan, self.since, self.until = plan, since, until
        self.zone = ZoneInfo(plan.workspace.time_zone)
        self.history = History.read(
            plan.workspace, plan.graph, plan.subject, since=since, until=until, only=only
        )
        self.holding = Holding(plan.workspace, at_most=_INSTANTS)
        self.came = candidates(
            plan.workspace,
            plan.graph,
            self.history,
            self.holding,
            since=since,
            until=until,
            only=only,
        )
        self.subjects = np.unique(self.came.subjects)
        self.history.settle(self.subjects)
        self.zones = self._zones()
        self.found = DryRun(since, until, came=self.came.at.size)
        self.trails: list[tuple[int, list[Step]]] = []

    def _zones(self) -> dict[int, ZoneInfo]:
        """Return the clocks of those who live by another than the brand's, where clocks matter."""
        needs = {"wait_time", "wait_date"}
        if self.plan.subject != JourneySubject.CUSTOMER or not any(
            node.kind in needs for node in self.plan.graph.nodes.values()
        ):
            return {}
        found: dict[int, ZoneInfo] = {}
        for begin in range(0, self.subjects.size, 50_000):
            some = self.subjects[begin : begin + 50_000].tolist()
            for who, name in customers.own_zones(self.plan.workspace, some).items():
                if name:
                    try:
                        found[who] = ZoneInfo(name)
                    except (KeyError, ValueError, OSError):
                        continue
        return found

    def go(self, *, trail: bool = False) -> DryRun:
        """Let everybody in and walk them through."""
        reentry, came = self.plan.graph.reentry, self.came
        turns = in_turn(came)
        if reentry.again and not reentry.one_at_a_time and reentry.after is None:
            turns = [np.arange(came.at.size)]
        before = np.zeros(self.subjects.size, dtype=np.int64)
        ended = np.zeros(self.subjects.size, dtype=np.int64)
        for number, turn in enumerate(turns):
            if number and not reentry.again:
                for each in turns[number:]:
                    self._count("before", came.subjects[each])
                break
            self._turn(came.where(turn), before, ended, trail=trail)
        self.found.coarsest = self.holding.coarsest
        return self.found

    def _turn(self, came: Arrivals, before: Instants, ended: Instants, *, trail: bool) -> None:
        graph, found = self.plan.graph, self.found
        places = np.searchsorted(self.subjects, came.subjects)
        may = np.ones(came.at.size, dtype=bool)
        if not self._at_will():
            may = allowed(graph.reentry, came.at, before[places], ended[places], self.zone)
        self._count("before", came.subjects[~may])
        came, places = came.where(may), places[may]
        inside = within_cap(graph.cap, came.at, self.zone)
        self._count("capped", came.subjects[~inside])
        came, places = came.where(inside), places[inside]
        out = self._held_out(came.subjects)
        found.entered += int(came.at.size)
        self._count("held_out", came.subjects[out])
        before[places] = came.at
        ended[places] = came.at
        walk = self._walk(came.where(~out), places[~out], trail=trail)
        ended[places[~out]] = walk.people.ended
        self._keep(walk, trail=trail)

    def _count(self, what: str, subjects: NDArray[np.int64]) -> None:
        """Count entries that came to the same, and keep some of their people."""
        found = self.found
        setattr(found, what, getattr(found, what) + subjects.size)
        kept = found.samples.setdefault(("", what), [])
        kept += subjects[: SAMPLE - len(kept)].tolist()

    def _at_will(self) -> bool:
        reentry = self.plan.graph.reentry
        return reentry.again and not reentry.one_at_a_time and reentry.after is None

    def _held_out(self, subjects: NDArray[np.int64]) -> NDArray[np.bool_]:
        percent = self.plan.holdout_percent
        if not percent:
            return np.zeros(subjects.size, dtype=bool)
        salt = f"{self.plan.salt}:holdout"
        return np.array(
            [share(salt, each) * 100 < percent for each in subjects.tolist()], dtype=bool
        )

    def _walk(self, came: Arrivals, places: NDArray[np.int64], *, trail: bool) -> Walk:
        plan = self.plan
        exit_at, sign, signs = self._exits(places, came.at)
        people = People(
            came.subjects, places, came.at, came.rows, exit_at, sign, self._goals(places, came.at)
        )
        walk = Walk(
            plan.graph,
            people,
            self.history,
            self.holding,
            micros(self.until),
            self.zone,
            self.zones,
            KINDS,
            signs,
            Context(
                plan.workspace, plan.subject == JourneySubject.CUSTOMER, plan.salt, plan.weights
            ),
            trail=[] if trail else None,
        )
        walk.begin()
        return walk

    def _goals(self, places: NDArray[np.int64], entered: Instants) -> Instants:
        goal = self.plan.graph.goal
        if goal is None:
            return np.full(places.size, NEVER, dtype=np.int64)
        at = self.history.next(goal.event, places, entered)
        return np.where(at <= entered + goal.within.seconds * 1_000_000, at, NEVER)

    def _exits(
        self, places: NDArray[np.int64], entered: Instants
    ) -> tuple[Instants, NDArray[np.int64], Sequence[str]]:
        """Return when an event takes each out, and which sign it is of."""
        signs: list[str] = []
        times: list[Instants] = []
        for number, each in enumerate(self.plan.graph.exits):
            if each.event is not None:
                signs.append(f"exit:{number}")
                times.append(self.history.next(each.event, places, entered))
        signs.append("goal")  # where an exit and the goal are one event, it counts as the exit
        ends = self.plan.graph.goal is not None and self.plan.graph.goal.ends
        nothing = np.full(places.size, NEVER, dtype=np.int64)
        times.append(self._goals(places, entered) if ends else nothing)
        every = np.stack(times)
        first = every.argmin(axis=0)
        return every[first, np.arange(places.size)], first, signs

    def _keep(self, walk: Walk, *, trail: bool) -> None:
        found = self.found
        found.counts += walk.counts
        for key, people in walk.samples.items():
            kept = found.samples.setdefault(key, [])
            kept += people[: SAMPLE - len(kept)]
        self._count("reached", walk.people.subjects[walk.people.goal_at <= walk.until])
        for node, groups in walk.sends.items():
            found.sends.setdefault(node, []).extend(
                (walk.subjects(group), group.at) for group in groups
            )
        if trail:
            for run in range(walk.people.entered.size):
                steps = [
                    Step(node, outcome, None if at == NEVER else instant(at))
                    for number, node, at, outcome in walk.trail or ()
                    if number == run
                ]
                self.trails.append((int(walk.people.entered[run]), steps))


def run(plan: Plan, *, days: int, now: datetime) -> DryRun:
    """Return what would have happened, had it been running for the last so many days.

    :raises events.TooMuchPast, audiences.ConditionUnreadable, WarehouseTooBusy:
    """
    return _Running(plan, now - timedelta(days=days), now).go()


def step_through(
    plan: Plan, subject: int, *, days: int, now: datetime
) -> list[tuple[datetime, list[Step]]]:
    """Return each entry of one person and the steps she would have taken from there.

    :raises audiences.ConditionUnreadable, WarehouseTooBusy:
    """
    running = _Running(plan, now - timedelta(days=days), now, only=subject)
    running.go(trail=True)
    return [
        (instant(entered), steps)
        for entered, steps in sorted(running.trails, key=lambda each: each[0])
    ]
