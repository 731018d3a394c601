"""Nodes where ways part, meet and end."""

from collections.abc import Sequence

from yutang.journeys.engine.asking import held_for, ready
from yutang.journeys.engine.chance import choose
from yutang.journeys.engine.trip import Traveller, Trip
from yutang.journeys.graph.nodes import Arm, BranchNode, ExitNode, GoalNode, MergeNode, SplitNode
from yutang.journeys.matching import passes
from yutang.journeys.models import JourneySubject, WayTaken
from yutang.kit.chance import share
from yutang.reach import service as reach

__all__ = ["branch", "exit_", "goal", "merge", "split"]


def branch(trip: Trip, node: BranchNode, group: Sequence[Traveller]) -> None:
    """Send everybody by the first arm that holds for her."""
    asks = any(arm.when is not None for arm in node.arms)
    rest = ready(trip, group) if asks else list(group)
    for number, arm in enumerate(node.arms):
        if not rest:
            return
        taking = _taking(trip, arm, rest)
        if taking is None:
            return
        trip.leave_all([each for each in rest if each.id in taking], f"arm:{number}", arm.next)
        rest = [each for each in rest if each.id not in taking]
    trip.leave_all(rest, "otherwise", node.otherwise)


def _taking(trip: Trip, arm: Arm, group: Sequence[Traveller]) -> set[int] | None:
    """Return the runs that take an arm; None: nobody can be asked now."""
    if arm.when is None:
        return {
            each.id
            for each in group
            for told in (each.told(),)
            if all(passes(check, told.get(check.property)) for check in arm.where)
        }
    held = held_for(trip, arm.when, group)
    return None if held is None else {each.id for each in group if each.subject in held}


def split(trip: Trip, node: SplitNode, group: Sequence[Traveller]) -> None:
    """Send everybody by her own lot, which is drawn from who she is."""
    salt = node.salt or f"{trip.journey.salt}:{node.id}"
    weights: list[float] = [way.weight for way in node.ways]
    learnt = trip.journey.weights.get(node.id) if node.best else None
    if learnt:
        weights = [float(learnt.get(way.name, 0)) for way in node.ways]
    if not sum(weights):
        weights = [way.weight for way in node.ways]
    taken = _taken(trip, node, group) if node.best else {}
    places = {way.name: place for place, way in enumerate(node.ways)}
    parting: list[list[Traveller]] = [[] for _ in node.ways]
    for each in group:
        before = places.get(taken.get(each.subject, ""))
        place = choose(weights, share(salt, each.subject)) if before is None else before
        parting[place].append(each)
        if node.best:
            taken[each.subject] = node.ways[place].name
    for way, those in zip(node.ways, parting, strict=True):
        trip.leave_all(those, f"way:{way.name}", way.next)
    if node.best:
        _remember(trip, node, taken)


def _taken(trip: Trip, node: SplitNode, group: Sequence[Traveller]) -> dict[int, str]:
    rows = WayTaken.objects.within(trip.workspace).filter(
        journey=trip.journey, node=node.id, subject__in=[each.subject for each in group]
    )
    return dict(rows.values_list("subject", "way"))


def _remember(trip: Trip, node: SplitNode, taken: dict[int, str]) -> None:
    WayTaken.objects.bulk_create(
        (
            WayTaken(
                workspace=trip.workspace,
                journey=trip.journey,
                node=node.id,
                subject=subject,
                way=way,
            )
            for subject, way in sorted(taken.items())
        ),
        ignore_conflicts=True,
    )


def goal(trip: Trip, node: GoalNode, group: Sequence[Traveller]) -> None:
    first = [each for each in group if each.goal is None]
    for each in group:
        each.goal = each.goal or trip.stamp
    trip.leave_all(group, "next", node.next)
    if trip.journey.subject == JourneySubject.CUSTOMER:
        reached = dict.fromkeys((each.subject for each in first), trip.now)
        reach.note_conversions(trip.workspace, trip.journey.pk, reached, now=trip.now)


def merge(trip: Trip, node: MergeNode, group: Sequence[Traveller]) -> None:
    trip.leave_all(group, "next", node.next)


def exit_(trip: Trip, node: ExitNode, group: Sequence[Traveller]) -> None:
    trip.log_all(group, "exit")
    for each in group:
        trip.finish(each, node.outcome)
