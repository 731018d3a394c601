"""A journey's effect as it is shown: the funnel, the comparison with its holdout, and its splits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from yutang.engines import bound
from yutang.journeys._versions import graphs_of
from yutang.journeys.effect.bandit import shares
from yutang.journeys.effect.comparing import Comparison, compare
from yutang.journeys.effect.looking import Look, looks
from yutang.journeys.effect.proportions import Interval, wilson
from yutang.journeys.effect.ratio import SampleRatio, sample_ratio
from yutang.journeys.effect.reading import (
    _SQL,
    Arm,
    Column,
    Outcomes,
    Passages,
    Reached,
    outcomes_of,
    passages_of,
    reached,
)
from yutang.journeys.graph.nodes import GoalNode, Graph, SplitNode
from yutang.journeys.models import Journey, JourneyVersion
from yutang.kit.late import late

if TYPE_CHECKING:
    import numpy as np
else:
    np = late("numpy")


__all__ = ["Effect", "SplitEffect", "WayEffect", "effect_of"]


@dataclass(frozen=True)
class WayEffect:
    """One way of a split: who went it, and what came of them; `best` is the chance that none is better.

    `comparison` is with the first way, `days` that as it stood day by day; of the first there is none.
    """

    arm: Arm
    rate: Interval
    best: float
    comparison: Comparison | None
    days: Sequence[Look] = ()


@dataclass(frozen=True)
class SplitEffect:
    """A split and its ways. Where it learns, shares move, and only `best` may be read."""

    node: str
    learns: bool
    ratio: SampleRatio | None
    ways: Sequence[WayEffect]


@dataclass(frozen=True)
class Effect:
    """What a journey changed.

    `waiting` are those whose time for the goal is not over. `comparison` is of the share that reached the
    goal, `money` of what was spent, per person in fen; None where there is no goal or no holdout. `days` is
    the comparison as it stood at the end of each day. Of the goal: events of these types, so long after entry.
    """

    entered: int
    kept_out: int
    reached: Reached
    has_goal: bool
    goal_types: Sequence[str]
    goal_seconds: int
    treated: Arm
    held_out: Arm
    waiting: int
    rate: Interval
    held_out_rate: Interval
    ratio: SampleRatio | None
    comparison: Comparison | None
    money: Comparison | None
    days: Sequence[Look]
    splits: Sequence[SplitEffect]


_NOBODY = Arm("", 0, 0, 0, 0)


def effect_of(journey: Journey, *, now: datetime) -> Effect:
    """Return what a journey changed so far.

    :raises events.TooMuchPast, WarehouseTooBusy:
    """
    found, graph = reached(journey, now=now), _graph(journey)
    if graph is None or graph.goal is None or _only_passed(graph):
        return _without_goal(journey, found)
    goal = graph.goal
    people = passages_of(journey, goal, now=now)
    outcomes = outcomes_of(journey, goal, people, now=now)
    treated, held_out = people.over & ~people.held_out, people.over & people.held_out
    ours = _arm("treated", ~people.held_out, people, outcomes)
    theirs = _arm("held_out", people.held_out, people, outcomes)
    ratio = comparison = money = None
    days: Sequence[Look] = ()
    zone = ZoneInfo(journey.workspace.time_zone)
    percent = float(journey.holdout_percent)
    if percent:
        ratio = sample_ratio([ours.people, theirs.people], [100 - percent, percent])
        comparison = compare(outcomes.of(treated), outcomes.of(held_out))
        days = looks(people, outcomes, treated, held_out, zone=zone, now=now)
        if outcomes.amount.any():
            money = compare(
                outcomes.of(treated, money=True), outcomes.of(held_out, money=True), share=False
            )
    return Effect(
        entered=people.subjects.size,
        kept_out=theirs.people,
        reached=found,
        has_goal=True,
        goal_types=goal.event.types,
        goal_seconds=goal.within.seconds,
        treated=ours,
        held_out=theirs,
        waiting=int((~people.over).sum()),
        rate=wilson(ours.reached, ours.over),
        held_out_rate=wilson(theirs.reached, theirs.over),
        ratio=ratio,
        comparison=comparison,
        money=money,
        days=days,
        splits=[
            _split(journey, node, people, outcomes, now)
            for node in graph.nodes.values()
            if isinstance(node, SplitNode)
        ],
    )


def _without_goal(journey: Journey, found: Reached) -> Effect:
    """Return whom a journey reached; whether that changed anything, nothing says."""
    asked = {"workspace": journey.workspace_id, "journey": journey.pk}
    ((entered, kept_out),) = bound(_SQL["entered"], asked)
    nobody = wilson(0, 0)
    return Effect(
        entered, kept_out, found, False, (), 0, _NOBODY, _NOBODY, 0, nobody, nobody,
        None, None, None, (), (),
    )  # fmt: skip


def _graph(journey: Journey) -> Graph | None:
    version = (
        JourneyVersion.objects.within(journey.workspace_id)
        .filter(journey=journey, number=journey.version)
        .values_list("pk", flat=True)
        .first()
    )
    return None if version is None else graphs_of([version])[version]


def _only_passed(graph: Graph) -> bool:
    """Say whether the goal can be reached by passing a node: those held out never could."""
    return any(isinstance(node, GoalNode) for node in graph.nodes.values())


def _arm(name: str, these: Column, people: Passages, outcomes: Outcomes) -> Arm:
    over = these & people.over
    return Arm(
        name,
        int(these.sum()),
        int(over.sum()),
        int(outcomes.reached[over].sum()),
        int(outcomes.amount[over].sum()),
    )


def _split(
    journey: Journey, node: SplitNode, people: Passages, outcomes: Outcomes, now: datetime
) -> SplitEffect:
    asked = {"workspace": journey.workspace_id, "journey": journey.pk, "node": node.id}
    taken: Mapping[int, str] = dict(bound(_SQL["ways"], asked).fetchall())
    names = np.array([taken.get(each, "") for each in people.subjects.tolist()], dtype=object)
    arms = [_arm(way.name, names == way.name, people, outcomes) for way in node.ways]
    first, *others = ((names == way.name) & people.over for way in node.ways)
    compared: list[tuple[Comparison | None, Sequence[Look]]] = [(None, ())]
    # Shares that follow what was seen make the arms unlike: people of other weeks are in each.
    compared += [
        (None, ())
        if node.best
        else (
            compare(outcomes.of(each), outcomes.of(first), comparisons=len(others)),
            looks(
                people,
                outcomes,
                each,
                first,
                zone=ZoneInfo(journey.workspace.time_zone),
                now=now,
                comparisons=len(others),
            ),
        )
        for each in others
    ]
    best = shares([(each.reached, each.over) for each in arms], seed=journey.pk, least=0.0)
    weights = [way.weight for way in node.ways]
    return SplitEffect(
        node=node.id,
        learns=node.best,
        ratio=None if node.best else sample_ratio([each.people for each in arms], weights),
        ways=[
            WayEffect(arm, wilson(arm.reached, arm.over), chance, *against)
            for arm, chance, against in zip(arms, best, compared, strict=True)
        ],
    )
