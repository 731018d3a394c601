"""Doing something to people: who is to leave leaves first, then it is done to all the others at once."""

from collections.abc import Mapping, Sequence

from yutang.events import service as events
from yutang.journeys.engine.asking import held_for, ready
from yutang.journeys.engine.trip import Traveller, Trip, instant, micros
from yutang.journeys.graph import Graph
from yutang.journeys.graph.nodes import ActionNode, Pattern
from yutang.journeys.matching import matches
from yutang.journeys.models import JourneySubject
from yutang.loop import Doing, Undone, actions

__all__ = ["act"]

_FIRST_TRY_AFTER = 60.0  # seconds; doubled with every further try
_LATEST_TRY_AFTER = 6 * 3600.0


def act(trip: Trip, node: ActionNode, group: Sequence[Traveller]) -> None:
    """Do a node's action to a group; where it was not done, follow the node's policy."""
    meant = [each for each in group if each.sign != "skip"]
    released = [each for each in group if each.sign == "skip"]
    trip.leave_all(released, "skipped:released", node.next)
    staying = _who_stays(trip, meant)
    if not staying:
        return
    action = actions.get(node.action)
    if action is None or action.perform is None:
        for each in staying:
            trip.hold(each, "action_gone")
        return
    subject = {each.key: each for each in staying}
    doings = [Doing(each.subject, key, each.told()) for key, each in subject.items()]
    parameters = {
        **node.parameters,
        "@journey": trip.journey.pk,
        "@node": node.id,
        "@priority": trip.journey.priority,
    }
    undone = action.perform(trip.workspace.pk, doings, parameters, now=trip.now)
    for key in [each for each in subject if each in undone]:
        _not_done(trip, node, subject.pop(key), undone[key])
    done = list(subject.values())
    for each in done:
        each.base = trip.stamp  # what she did before is no answer to it
    trip.acted += done
    trip.leave_all(done, "next", node.next)


def _not_done(trip: Trip, node: ActionNode, traveller: Traveller, undone: Undone) -> None:
    policy = node.on_error
    if undone.declined:
        trip.leave(traveller, f"declined:{undone.reason}", node.next)
    elif undone.again and policy.do != "hold" and traveller.tries < policy.times:
        after = min(_FIRST_TRY_AFTER * 2**traveller.tries, _LATEST_TRY_AFTER)
        traveller.tries += 1
        trip.again([traveller], seconds=after)
    elif policy.do == "skip":
        trip.leave(traveller, f"skipped:{undone.reason}", node.next)
    else:
        trip.hold(traveller, undone.reason)


def _who_stays(trip: Trip, group: Sequence[Traveller]) -> list[Traveller]:
    """Take out who meets an exit or reached the goal; return the others, as far as can be said now."""
    staying: list[Traveller] = []
    by_version: dict[int, list[Traveller]] = {}
    for each in group:
        by_version.setdefault(each.version, []).append(each)
    for version, some in by_version.items():
        staying += _of_one_version(trip, trip.graphs[version], some)
    return staying


def _of_one_version(trip: Trip, graph: Graph, group: Sequence[Traveller]) -> Sequence[Traveller]:
    group = _not_told_to_leave(trip, graph, group)
    asked = [(number, each.when) for number, each in enumerate(graph.exits) if each.when]
    if not asked or not group:
        return group
    group = ready(trip, group)
    for number, condition in asked:
        leaving = held_for(trip, condition, group)
        if leaving is None:
            return []
        for each in group:
            if each.subject in leaving:
                trip.take_out(each, f"exit:{number}")
        group = [each for each in group if each.subject not in leaving]
    return group


def _not_told_to_leave(trip: Trip, graph: Graph, group: Sequence[Traveller]) -> Sequence[Traveller]:
    """Take out those of whom an event was recorded that nobody has told them of yet."""
    told: dict[str, Pattern] = {
        f"exit:{number}": each.event for number, each in enumerate(graph.exits) if each.event
    }
    if graph.goal and graph.goal.ends:
        told["goal"] = graph.goal.event
    if not told or trip.journey.subject != JourneySubject.CUSTOMER:
        return group
    latest = _latest(trip, told, group)
    staying: list[Traveller] = []
    for each in group:
        sign = next(
            (sign for sign in told if latest.get((sign, each.subject), 0) > each.entered), ""
        )
        if not sign or (sign == "goal" and not _in_time(trip, graph, each)):
            staying.append(each)
        else:
            if sign == "goal":
                each.goal = each.goal or latest[sign, each.subject]
            trip.take_out(each, sign)
    return staying


def _latest(
    trip: Trip, told: Mapping[str, Pattern], group: Sequence[Traveller]
) -> dict[tuple[str, int], int]:
    """Return when each was last heard to do what each sign stands for."""
    types = {each for pattern in told.values() for each in pattern.types}
    found: dict[tuple[str, int], int] = {}
    for heard in events.heard_of(trip.workspace, types, [each.subject for each in group]):
        for sign, pattern in told.items():
            if matches(pattern, heard):
                key = (sign, heard.customer)
                found[key] = max(found.get(key, 0), micros(heard.occurred_at))
    return found


def _in_time(trip: Trip, graph: Graph, traveller: Traveller) -> bool:
    assert graph.goal is not None
    return trip.now <= graph.goal.within.after(instant(traveller.entered), trip.zone)
