"""A journey's effect as it is shown: the funnel, the comparison with its holdout, and its splits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from yutang.engines import bound
from yutang.journeys._versions import graphs_of
from yutang.journeys.effect.bandit import shares
from yutang.journeys.effect.comparing import Comparison, compare
from yutang.journeys.effect.cuped import Moments
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

__all__ = ["Effect", "SplitEffect", "WayEffect", "effect_of"]


@dataclass(frozen=True)
class WayEffect:
    """One way of a split: who went it, and what came of them; `best` is the chance that none is better.

    `comparison` is with the first way; of that one there is none.
    """

    arm: Arm
    rate: Interval
    best: float
    comparison: Comparison | None


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
    goal, `money` of what was spent, per person in fen; None where there is no goal or no holdout.
    """

    reached: Reached
    has_goal: bool
    treated: Arm
    held_out: Arm
    waiting: int
    rate: Interval
    held_out_rate: Interval
    ratio: SampleRatio | None
    comparison: Comparison | None
    money: Comparison | None
    splits: Sequence[SplitEffect]


_NOBODY = Arm("", 0, 0, 0, 0)


def effect_of(journey: Journey, *, now: datetime) -> Effect:
    """Return what a journey changed so far.

    :raises events.TooMuchPast, WarehouseTooBusy:
    """
    found, graph = reached(journey, now=now), _graph(journey)
    nobody = wilson(0, 0)
    if graph is None or graph.goal is None or _only_passed(graph):
        return Effect(found, False, _NOBODY, _NOBODY, 0, nobody, nobody, None, None, None, ())
    people = passages_of(journey, graph.goal, now=now)
    outcomes = outcomes_of(journey, graph.goal, people, now=now)
    treated, held_out = people.over & ~people.held_out, people.over & people.held_out
    ours = _arm("treated", ~people.held_out, people, outcomes)
    theirs = _arm("held_out", people.held_out, people, outcomes)
    ratio = comparison = money = None
    percent = float(journey.holdout_percent)
    if percent:
        ratio = sample_ratio([ours.people, theirs.people], [100 - percent, percent])
        comparison = compare(outcomes.of(treated), outcomes.of(held_out))
        if outcomes.amount.any():
            money = compare(
                outcomes.of(treated, money=True), outcomes.of(held_out, money=True), share=False
            )
    return Effect(
        reached=found,
        has_goal=True,
        treated=ours,
        held_out=theirs,
        waiting=int((~people.over).sum()),
        rate=wilson(ours.reached, ours.over),
        held_out_rate=wilson(theirs.reached, theirs.over),
        ratio=ratio,
        comparison=comparison,
        money=money,
        splits=[
            _split(journey, node, people, outcomes)
            for node in graph.nodes.values()
            if isinstance(node, SplitNode)
        ],
    )


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


def _split(journey: Journey, node: SplitNode, people: Passages, outcomes: Outcomes) -> SplitEffect:
    asked = {"workspace": journey.workspace_id, "journey": journey.pk, "node": node.id}
    taken: Mapping[int, str] = dict(bound(_SQL["ways"], asked).fetchall())
    names = np.array([taken.get(each, "") for each in people.subjects.tolist()], dtype=object)
    arms = [_arm(way.name, names == way.name, people, outcomes) for way in node.ways]
    first, *others = (outcomes.of((names == way.name) & people.over) for way in node.ways)
    compared: list[Comparison | None] = [None]
    compared += [_against(first, each, len(others), learns=node.best) for each in others]
    best = shares([(each.reached, each.over) for each in arms], seed=journey.pk, least=0.0)
    weights = [way.weight for way in node.ways]
    return SplitEffect(
        node=node.id,
        learns=node.best,
        ratio=None if node.best else sample_ratio([each.people for each in arms], weights),
        ways=[
            WayEffect(arm, wilson(arm.reached, arm.over), chance, comparison)
            for arm, chance, comparison in zip(arms, best, compared, strict=True)
        ],
    )


def _against(first: Moments, other: Moments, count: int, *, learns: bool) -> Comparison | None:
    # Shares that follow what was seen make the arms unlike: people of other weeks are in each.
    return None if learns else compare(other, first, comparisons=count)
