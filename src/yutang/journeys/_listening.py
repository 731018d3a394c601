"""What was heard: people enter by it, stop waiting, reach the goal or leave.

One process at a time reads what `events` kept, oldest first, and crosses it off in the transaction that
writes what follows. It never does anything to anybody: it only says who is due; the engine moves her.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from yutang.customers import service as customers
from yutang.engines import bound
from yutang.events import service as events
from yutang.events.service import Heard
from yutang.journeys._entering import Candidate, enter
from yutang.journeys._versions import graphs_of
from yutang.journeys.engine import locks
from yutang.journeys.graph import Graph, listens_to
from yutang.journeys.graph.nodes import EventEntry, UntilEventNode
from yutang.journeys.matching import flat, matches
from yutang.journeys.models import Journey, JourneyState, JourneySubject, JourneyVersion
from yutang.kit.pulse import wake
from yutang.reach import service as reach
from yutang.workspaces.models import Workspace

__all__ = ["AT_ONCE", "listen", "tell"]

AT_ONCE = 5_000


@transaction.atomic
def listen(*, now: datetime) -> bool:
    """See to what was heard; return whether there may be more."""
    heard = events.heard(AT_ONCE)
    if not heard:
        return False
    by_workspace: dict[int, list[Heard]] = defaultdict(list)
    for each in heard:
        by_workspace[each.workspace_id].append(each)
    keeping: list[int] = []
    for workspace_id, some in sorted(by_workspace.items()):
        keeping += _see_to(workspace_id, some, now)
    events.cross_off_heard([each.number for each in heard], keeping=keeping, now=now)
    transaction.on_commit(lambda: wake("journeys.advance"))
    return len(heard) == AT_ONCE


@dataclass(frozen=True)
class _Listener:
    """A journey and all its versions, some of which may still have people in them."""

    journey: Journey
    current: int
    graphs: Mapping[int, Graph]
    types: frozenset[str] = field(default_factory=frozenset)


def _listeners(workspace_id: int) -> Iterator[_Listener]:
    journeys = (
        Journey.objects.within(workspace_id)
        .select_related("workspace")
        .filter(state__in=(JourneyState.ACTIVE, JourneyState.PAUSED))
        .order_by("pk")
    )
    versions: dict[int, dict[int, int]] = defaultdict(dict)
    rows = JourneyVersion.objects.within(workspace_id).filter(journey__in=journeys)
    for journey_id, number, pk in rows.values_list("journey_id", "number", "pk"):
        versions[journey_id][number] = pk
    for journey in journeys:
        graphs = graphs_of(versions[journey.pk].values())
        types = frozenset().union(*map(listens_to, graphs.values()))
        yield _Listener(journey, versions[journey.pk][journey.version], graphs, types)


def _see_to(workspace_id: int, heard: Sequence[Heard], now: datetime) -> set[int]:
    """Let every journey of a workspace hear; return what is to be kept for those on their way."""
    types = {each.type for each in heard}
    listeners = [each for each in _listeners(workspace_id) if each.types & types]
    if not listeners:
        return set()
    told = _as_of_today(listeners[0].journey.workspace, heard)
    keeping: set[int] = set()
    # Entries first: what somebody does right after entering may be heard in the same breath.
    for each in listeners:
        _bring_in(each, told, now)
    locks.hold_up(each.journey.pk for each in listeners)
    for each in listeners:
        mine = _subjects(each.journey, [one for one in told if one.type in each.types])
        wake_ups = list(_wake_ups(each, mine))
        if wake_ups:
            tell(each.journey, wake_ups, now)
        keeping |= _on_their_way(each.journey, mine)
    return keeping


def _as_of_today(workspace: Workspace, heard: Sequence[Heard]) -> list[Heard]:
    """Return what was heard by who those people are today; nothing of who was erased."""
    today = customers.today(workspace, sorted({each.customer for each in heard}))
    return [
        each if each.customer == today[each.customer] else _renamed(each, today[each.customer])
        for each in heard
        if each.customer in today
    ]


def _renamed(heard: Heard, customer: int) -> Heard:
    return Heard(
        heard.number,
        heard.workspace_id,
        heard.id,
        heard.type,
        customer,
        heard.occurred_at,
        heard.said,
    )


def _subjects(journey: Journey, heard: Sequence[Heard]) -> list[tuple[int, Heard]]:
    """Return each event with whom of the journey's subjects it is about."""
    if journey.subject == JourneySubject.CUSTOMER:
        return [(each.customer, each) for each in heard]
    of_group = journey.subject == JourneySubject.GROUP
    found = [(each.said.group if of_group else each.said.staff, each) for each in heard]
    return [(subject, each) for subject, each in found if subject]


def _bring_in(listener: _Listener, heard: Sequence[Heard], now: datetime) -> None:
    journey, graph = listener.journey, listener.graphs[listener.current]
    if journey.state != JourneyState.ACTIVE or not isinstance(graph.entry, EventEntry):
        return
    zone = ZoneInfo(journey.workspace.time_zone)
    entry = graph.entry
    candidates = [
        Candidate(subject, each.id, each.occurred_at, {"event": each.type, **flat(each.said)})
        for subject, each in _subjects(journey, heard)
        if matches(entry.pattern, each)
        and entry.max_age.after(each.occurred_at, zone) >= now
        and (journey.activated_at is None or each.occurred_at >= journey.activated_at)
    ]
    enter(journey.pk, candidates, now=now)


# version, subject, node ('' for anywhere), sign, when it happened, until when after entry it counts
_WakeUp = tuple[int, int, str, str, datetime, float | None]


def _wake_ups(listener: _Listener, heard: Sequence[tuple[int, Heard]]) -> Iterator[_WakeUp]:
    for version, graph in listener.graphs.items():
        awaited = {
            id_: node.event for id_, node in graph.nodes.items() if isinstance(node, UntilEventNode)
        }
        for subject, each in heard:
            at = each.occurred_at
            for id_, pattern in awaited.items():
                if matches(pattern, each):
                    yield version, subject, id_, "heard", at, None
            for number, exit_ in enumerate(graph.exits):
                if exit_.event and matches(exit_.event, each):
                    yield version, subject, "", f"exit:{number}", at, None
            if graph.goal and matches(graph.goal.event, each):
                sign = "goal" if graph.goal.ends else "goal+"
                yield version, subject, "", sign, at, float(graph.goal.within.seconds)


def tell(journey: Journey, wake_ups: Sequence[_WakeUp], now: datetime) -> None:
    """Let those go on who waited for this, and note who reached the goal."""
    versions, subjects, nodes, signs, ats, within = zip(*wake_ups, strict=True)
    asked: dict[str, Any] = {
        "journey": journey.pk,
        "versions": list(versions),
        "subjects": list(subjects),
        "nodes": list(nodes),
        "signs": list(signs),
        "ats": list(ats),
        "within": list(within),
        "mark": events.spool_mark(),
    }
    if any(sign.startswith("goal") for sign in signs):
        reached = dict(bound(_REACHED, asked).fetchall())
        if journey.subject == JourneySubject.CUSTOMER:
            reach.note_conversions(journey.workspace, journey.pk, reached, now=now)
    if any(sign != "goal+" for sign in signs):
        bound(_WAKE, asked)


def _on_their_way(journey: Journey, heard: Sequence[tuple[int, Heard]]) -> set[int]:
    """Return the events of those who are in the journey, but may not be where they would be waited for."""
    subjects = sorted({subject for subject, _ in heard})
    rows = bound(_INSIDE, {"journey": journey.pk, "subjects": subjects})
    inside = {subject for (subject,) in rows}
    return {each.number for subject, each in heard if subject in inside}


# Looked up one by one (OFFSET 0): of runs that were just made the planner knows nothing, and would read all of
# what was told for each of them.
_WAKE = """
    WITH told AS (
        SELECT DISTINCT ON (run.id) run.id, given.sign, given.at
        FROM unnest(
            %(versions)s::bigint[], %(subjects)s::bigint[], %(nodes)s::text[], %(signs)s::text[],
            %(ats)s::timestamptz[], %(within)s::float8[]
        ) AS given (version, subject, node, sign, at, within)
        CROSS JOIN LATERAL (
            SELECT * FROM journeys_run AS one
            WHERE one.journey_id = %(journey)s AND one.subject = given.subject
                AND one.version_id = given.version AND one.state <> 'done'
            OFFSET 0
        ) AS run
        WHERE given.sign <> 'goal+'
            AND CASE WHEN given.node = '' THEN run.entered_at < given.at AND run.sign <> 'judge'
                    AND (given.within IS NULL
                        OR given.at <= run.entered_at + given.within * interval '1 second')
                ELSE run.node = given.node AND run.state = 'waiting' AND run.sign = 'wait'
                    AND run.arrived_at < given.at END
        ORDER BY run.id, given.node, given.at
    )
    UPDATE journeys_run AS run
    SET state = 'due', sign = told.sign, due_at = told.at, mark = %(mark)s, outcome = '',
        rev = run.rev + 1
    FROM told WHERE run.id = told.id
"""
_REACHED = """
    UPDATE journeys_run AS run SET goal_at = first.at, rev = run.rev + 1
    FROM (
        SELECT run.id, min(given.at) AS at
        FROM unnest(
            %(versions)s::bigint[], %(subjects)s::bigint[], %(nodes)s::text[], %(signs)s::text[],
            %(ats)s::timestamptz[], %(within)s::float8[]
        ) AS given (version, subject, node, sign, at, within)
        CROSS JOIN LATERAL (
            SELECT * FROM journeys_run AS one
            WHERE one.journey_id = %(journey)s AND one.subject = given.subject
                AND one.version_id = given.version
                AND one.goal_at IS NULL AND one.sign <> 'judge'
            OFFSET 0
        ) AS run
        WHERE given.sign IN ('goal', 'goal+')
            AND run.entered_at < given.at
            AND given.at <= run.entered_at + given.within * interval '1 second'
        GROUP BY run.id
    ) AS first
    WHERE run.id = first.id
    RETURNING run.subject, first.at
"""
_INSIDE = """
    SELECT DISTINCT subject FROM journeys_run
    WHERE journey_id = %(journey)s AND subject = ANY(%(subjects)s::bigint[]) AND state <> 'done'
"""
