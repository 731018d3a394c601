"""Moving a batch: node after node, everybody at a node together, in the order of the graph."""

from collections.abc import Callable, Sequence
from typing import Any

from yutang.journeys.engine import effects, stops, turns
from yutang.journeys.engine.asking import held_for, ready
from yutang.journeys.engine.chance import is_held_out
from yutang.journeys.engine.trip import Traveller, Trip
from yutang.journeys.graph import Graph, exits_of
from yutang.journeys.graph.nodes import EventEntry

__all__ = ["JUDGE", "walk"]

JUDGE = "judge"  # the sign of who enters only if the entry's condition holds
_KINDS: dict[str, Callable[[Trip, Any, Sequence[Traveller]], None]] = {
    "wait": stops.wait_for,
    "wait_time": stops.wait_time,
    "wait_date": stops.wait_date,
    "until": stops.until_event,
    "until_audience": stops.until_audience,
    "rate": stops.rate,
    "branch": turns.branch,
    "split": turns.split,
    "goal": turns.goal,
    "merge": turns.merge,
    "exit": turns.exit_,
    "action": effects.act,
}


def walk(trip: Trip) -> None:
    """Move everybody as far as nobody has to wait."""
    ranks = {version: _ranks(graph) for version, graph in trip.graphs.items()}
    for each in _begin(trip):
        if trip.node_of(each) is None:
            trip.hold(each, "node_gone")
        else:
            trip.queue[each.version, each.node].append(each)
    while trip.queue:
        version, id_ = min(trip.queue, key=lambda at: ranks[at[0]].get(at[1], 0))
        group = trip.queue.pop((version, id_))
        node = trip.graphs[version].nodes[id_]
        _KINDS[node.kind](trip, node, group)


def _begin(trip: Trip) -> list[Traveller]:
    """Take out who was told to leave, judge who may only enter on a condition; return the others."""
    staying: list[Traveller] = []
    judged: dict[int, list[Traveller]] = {}
    for each in trip.travellers:
        if each.sign == "goal" or each.sign.startswith("exit:"):
            trip.take_out(each, each.sign)
        elif each.sign == JUDGE:
            judged.setdefault(each.version, []).append(each)
        else:
            staying.append(each)
    for version, group in judged.items():
        entry = trip.graphs[version].entry
        assert isinstance(entry, EventEntry)
        asked = ready(trip, group)
        holds = held_for(trip, entry.condition or {}, asked)
        for each in asked if holds is not None else ():
            if holds is not None and each.subject in holds:
                if _comes_in(trip, each):
                    staying.append(each)
            else:
                trip.gone.append(each.id)
    return staying


def _comes_in(trip: Trip, traveller: Traveller) -> bool:
    """Let somebody in whom the entry's condition holds for, unless she is held out."""
    held_out = is_held_out(trip.journey, traveller.subject)
    trip.tallies[traveller.version, "", "held_out" if held_out else "entered"] += 1
    traveller.sign = ""
    if held_out:
        traveller.state, traveller.due, traveller.outcome = "done", None, "held_out"
    else:
        trip.tallies[traveller.version, traveller.node, "in"] += 1
    return not held_out


def _ranks(graph: Graph) -> dict[str, int]:
    """Return how far each node is from the start, so that ways that meet are waited for."""
    ranks, waiting = {graph.start: 0}, [graph.start]
    for id_ in waiting:
        for _, to in exits_of(graph.nodes[id_]):
            if to is not None and to not in ranks:
                ranks[to] = ranks[id_] + 1
                waiting.append(to)
    return ranks
